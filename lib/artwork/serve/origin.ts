import { LRUCache } from 'lru-cache'
import type { DrawnPictures } from '@/lib/artwork/drawn/pictures'
import type { Storage } from '@/lib/artwork/storage/storage'
import type { Origin, OriginResponse } from '@/lib/cache/response/origin'
import { fileName, type PictureSize, sizesOf } from '@/lib/catalogue/artwork/variants'
import { askedFor, drawnFor, typeOf } from './address'

/** Where pictures come from that the cache does not hold: the storage, asked only for what was taken. */

export type OriginOptions = {
  storage: () => Promise<Pick<Storage, 'read'>>
  /** The size of a picture that was taken, or null. */
  findExtent: (hash: string) => Promise<PictureSize | null>
  /** Draws what has no picture. */
  drawn: DrawnPictures
  /** ms since the epoch. */
  now: () => number
  onError: (error: unknown) => void
}

/** Pictures whose size is remembered, or that there are none: whoever asks for any hash costs little. */
const REMEMBERED = 10_000
/** However one came to be taken or cleared away, nothing is believed for longer. */
const BELIEVED_MS = 60_000

/** The same bytes at the same address for ever: they are named by their hash. Pages of other sites may show them. */
const HEADERS = {
  'cache-control': 'public, max-age=31536000, immutable',
  'accept-ranges': 'bytes',
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
}

/** There is nothing at an address. It may come to be there. */
export const NOTHING: OriginResponse = {
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  body: Buffer.from('There is no such picture.\n'),
}

/** Too many wait for a drawing. */
const BUSY: OriginResponse = {
  status: 503,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', 'retry-after': '5' },
  body: Buffer.from('Too many pictures are being drawn.\n'),
}

export type ArtworkOrigin = {
  origin: Origin
  /** Forgets which pictures there are: some may have come, or come again, or gone. */
  doubt: () => void
}

export function artworkOrigin({ storage, findExtent, drawn, now, onError }: OriginOptions): ArtworkOrigin {
  const known = new LRUCache<string, { extent: PictureSize | null }>({
    max: REMEMBERED,
    ttl: BELIEVED_MS,
    perf: { now },
    ttlResolution: 0,
    // Who asked before it was doubted is answered; it is not kept.
    ignoreFetchAbort: true,
    fetchMethod: async (hash) => ({ extent: await findExtent(hash) }),
  })
  /** Files that the storage should have: looked for and told of once a minute, each by itself. */
  const lost = new LRUCache<string, true>({ max: REMEMBERED, ttl: BELIEVED_MS, perf: { now }, ttlResolution: 0 })
  /** A database that is gone keeps nobody from what the storage has. */
  const sizeOf = async (hash: string): Promise<PictureSize | null | undefined> => {
    try {
      return (await known.fetch(hash))?.extent
    } catch (error) {
      onError(error)
      return undefined
    }
  }
  const origin: Origin = async ({ url }) => {
    const cover = drawnFor(url)
    if (cover) {
      const body = await drawn.draw(cover.albumId, cover.mark)
      if (body === 'busy') return BUSY
      return body ? { status: 200, headers: { ...HEADERS, 'content-type': 'image/png' }, body } : NOTHING
    }
    const asked = askedFor(url)
    if (!asked || lost.has(url)) return NOTHING
    const { hash, size, format } = asked
    const extent = await sizeOf(hash)
    if (extent === null || (extent && !sizesOf(extent).includes(size))) return NOTHING
    const body = await (await storage()).read(hash, fileName(size, format))
    if (body) return { status: 200, headers: { ...HEADERS, 'content-type': typeOf(format) }, body }
    if (extent) {
      onError(new Error(`The storage has lost ${url}. Take its picture again: it is made anew.`))
      lost.set(url, true)
    }
    return NOTHING
  }
  return {
    origin,
    doubt: () => {
      known.clear()
      lost.clear()
    },
  }
}
