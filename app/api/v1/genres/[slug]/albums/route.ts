import { genreAlbums } from '@/lib/catalogue/api/genres/endpoints'

export const GET = genreAlbums
