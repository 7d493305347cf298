import { genre } from '@/lib/catalogue/api/genres/endpoints'

export const GET = genre
