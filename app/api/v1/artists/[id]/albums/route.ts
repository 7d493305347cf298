import { artistAlbums } from '@/lib/catalogue/api/artists/endpoints'

export const GET = artistAlbums
