import { genreSongs } from '@/lib/catalogue/genres/operations'

export const GET = genreSongs
