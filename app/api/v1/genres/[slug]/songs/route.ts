import { genreSongs } from '@/lib/catalogue/api/genres/endpoints'

export const GET = genreSongs
