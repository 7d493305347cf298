import type { RequestListener } from 'node:http'
import { drawnPictures } from '@/lib/artwork/drawn/pictures'
import { findAlbumTitle, findPictureSize } from '@/lib/artwork/read'
import { storage } from '@/lib/artwork/storage/storage'
import { onChange } from '@/lib/cache/changes/recent'
import { env } from '@/lib/env'
import { log } from '@/lib/observability/log'
import { createArtworkFront } from './front'
import { artworkOrigin } from './origin'

/** The share of `SYRO_CACHE_MB` for pictures. */
export const SHARE = 0.25

/**
 * Opens the request listener for /artwork/.
 * @param headers sent with every response. @param keepAlive ms for which an idle connection stays open.
 */
export function openArtwork(headers: Record<string, string>, keepAlive: number): RequestListener {
  const now = () => Date.now()
  const onError = (err: unknown) => log.error({ err }, 'A picture could not be served')
  const { origin, clearSizes } = artworkOrigin({
    storage,
    findPictureSize,
    drawn: drawnPictures(findAlbumTitle),
    now,
    onError,
  })
  const answer = createArtworkFront({
    origin,
    headers,
    maxBytes: env.SYRO_CACHE_MB * 1024 * 1024 * SHARE,
    keepAlive,
    now,
    onError,
  })
  onChange((names) => {
    // A changed album may have a new picture.
    if (!names || names.includes('*') || names.includes('albums.filtered') || names.includes('artwork')) clearSizes()
  })
  return answer
}
