import { artistAlbums } from '@/lib/catalogue/artists/operations'

export const GET = artistAlbums
