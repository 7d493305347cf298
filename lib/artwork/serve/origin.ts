import { LRUCache } from 'lru-cache'
import type { DrawnPictures } from '@/lib/artwork/drawn/pictures'
import type { Storage } from '@/lib/artwork/storage/storage'
import { dependOn, recording } from '@/lib/cache/dependencies/recorder'
import type { Origin, OriginResponse } from '@/lib/cache/response/origin'
import { fileName, type PictureSize, sizesOf } from '@/lib/catalogue/artwork/variants'
import { mediaTypeOf, parseDrawnAddress, parsePictureAddress } from './address'

/** Answers cache misses of pictures from the storage; only pictures that the database knows are looked up there. */

export type OriginOptions = {
  storage: () => Promise<Pick<Storage, 'read'>>
  /** The size of a known picture, or null. */
  findPictureSize: (hash: string) => Promise<PictureSize | null>
  /** Draws generated covers. */
  drawn: DrawnPictures
  /** ms since the epoch. */
  now: () => number
  onError: (error: unknown) => void
}

/** Cached sizes, including unknown hashes: requests for random hashes stay cheap. */
const MAX_SIZES = 10_000
/** Bounds how stale a cached size can be if a notification is missed. */
const SIZE_TTL_MS = 60_000

/** Immutable, because the address holds the hash of the bytes. Other sites may embed them. */
const HEADERS = {
  'cache-control': 'public, max-age=31536000, immutable',
  'accept-ranges': 'bytes',
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
}

/** Not cacheable: the picture may be added later. */
export const NOT_FOUND: OriginResponse = {
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  body: Buffer.from('Picture not found.\n'),
}

/** The queue of drawings is full. */
const BUSY: OriginResponse = {
  status: 503,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', 'retry-after': '5' },
  body: Buffer.from('Too many pictures are being drawn.\n'),
}

export type ArtworkOrigin = {
  origin: Origin
  /** Clears the cached sizes, because pictures may have been added or removed. */
  clearSizes: () => void
}

export function artworkOrigin({ storage, findPictureSize, drawn, now, onError }: OriginOptions): ArtworkOrigin {
  const known = new LRUCache<string, { dimensions: PictureSize | null }>({
    max: MAX_SIZES,
    ttl: SIZE_TTL_MS,
    perf: { now },
    ttlResolution: 0,
    // A lookup in flight when the cache is cleared still answers its caller, but is not cached.
    ignoreFetchAbort: true,
    fetchMethod: async (hash) => ({ dimensions: await findPictureSize(hash) }),
  })
  /** Files missing from the storage: each is looked up and logged once a minute. */
  const lost = new LRUCache<string, true>({ max: MAX_SIZES, ttl: SIZE_TTL_MS, perf: { now }, ttlResolution: 0 })
  /** @returns undefined if the database is unavailable; the storage is then read all the same. */
  const sizeOf = async (hash: string): Promise<PictureSize | null | undefined> => {
    try {
      return (await known.fetch(hash))?.dimensions
    } catch (error) {
      onError(error)
      return undefined
    }
  }
  const answer = async (url: string): Promise<OriginResponse> => {
    dependOn('artwork')
    const cover = parseDrawnAddress(url)
    if (cover) {
      const body = await drawn.draw(cover.albumId, cover.mark)
      if (body === 'busy') return BUSY
      return body ? { status: 200, headers: { ...HEADERS, 'content-type': 'image/png' }, body } : NOT_FOUND
    }
    const address = parsePictureAddress(url)
    if (!address || lost.has(url)) return NOT_FOUND
    const { hash, size, format } = address
    const dimensions = await sizeOf(hash)
    if (dimensions === null || (dimensions && !sizesOf(dimensions).includes(size))) return NOT_FOUND
    const body = await (await storage()).read(hash, fileName(size, format))
    if (body) return { status: 200, headers: { ...HEADERS, 'content-type': mediaTypeOf(format) }, body }
    if (dimensions) {
      onError(new Error(`The storage has lost ${url}. Import its picture again to restore it.`))
      lost.set(url, true)
    }
    return NOT_FOUND
  }
  return {
    origin: async ({ url }) => {
      const { result, dependencies } = await recording(() => answer(url))
      return { ...result, dependencies }
    },
    clearSizes: () => {
      known.clear()
      lost.clear()
    },
  }
}
