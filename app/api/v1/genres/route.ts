import { genres } from '@/lib/catalogue/genres/operations'

export const GET = genres
