import { genreAlbums } from '@/lib/catalogue/genres/operations'

export const GET = genreAlbums
