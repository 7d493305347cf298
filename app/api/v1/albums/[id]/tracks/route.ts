import { albumTracks } from '@/lib/catalogue/api/albums/endpoints'

export const GET = albumTracks
