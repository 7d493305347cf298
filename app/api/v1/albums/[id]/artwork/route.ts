import { albumArtwork, noAlbumArtwork } from '@/lib/artwork/api/endpoints'

export const PUT = albumArtwork
export const DELETE = noAlbumArtwork
