import { albumArtists } from '@/lib/catalogue/api/albums/endpoints'

export const GET = albumArtists
