import { albumArtwork, noAlbumArtwork } from '@/lib/artwork/operations'

export const PUT = albumArtwork
export const DELETE = noAlbumArtwork
