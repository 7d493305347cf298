import { genres } from '@/lib/catalogue/api/genres/endpoints'

export const GET = genres
