import { artistSongs } from '@/lib/catalogue/artists/operations'

export const GET = artistSongs
