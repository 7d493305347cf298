import { albumArtists } from '@/lib/catalogue/albums/operations'

export const GET = albumArtists
