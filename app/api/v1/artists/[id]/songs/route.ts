import { artistSongs } from '@/lib/catalogue/api/artists/endpoints'

export const GET = artistSongs
