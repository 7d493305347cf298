import { genre } from '@/lib/catalogue/genres/operations'

export const GET = genre
