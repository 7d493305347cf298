import { albumTracks } from '@/lib/catalogue/albums/operations'

export const GET = albumTracks
