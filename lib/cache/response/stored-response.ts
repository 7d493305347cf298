import { createHash } from 'node:crypto'
import { type Coding, canCompress, compress, decompress } from './encoding'
import type { Freshness } from './freshness'
import type { OriginResponse } from './origin'

/** The body of a response in one coding, and its entity tag. */
export type Representation = {
  coding: Coding
  body: Buffer
  etag: string
  /** The bytes of the last response, head included, and the second in which it was sent. */
  sent?: { second: number; wire: Buffer }
}

/** Headers that belong to one connection or are set for each response. */
const NOT_STORED = new Set([
  'age',
  'cache-control',
  'connection',
  'content-encoding',
  'content-length',
  'date',
  'etag',
  'keep-alive',
  'transfer-encoding',
  'vary',
  'x-nextjs-cache',
  'x-powered-by',
  'x-request-id',
])

/** Next.js sends `Location` twice on a cached redirect; other repeated fields are lists. */
const single = (value: number | string | string[]): string =>
  Array.isArray(value) ? [...new Set(value)].join(', ') : String(value)

type StoredOptions = {
  tags: readonly string[]
  /** Whether the origin's entity tag names the version; else the tag is a hash of the bytes. */
  isTagged: boolean
  /** Called when the size of the response has changed. */
  weighed: () => void
}

/** The text of a strong entity tag: abc in "abc". */
const opaqueTag = (etag: unknown): string | undefined => /^"([^"]+)"$/.exec(String(etag ?? ''))?.[1]

/** The overhead of an entry, keys and objects, measured at about 2 kB. */
const OVERHEAD_BYTES = 2_048

/**
 * A whole response. Each coding of its body is computed once, when first needed. Then the uncompressed body is dropped: it
 * is five to ten times as large, and rarely requested.
 */
export class StoredResponse {
  readonly status: number
  /** Names and values in turn. */
  readonly headers: string[]
  readonly vary: string
  /** The origin's value. */
  readonly cacheControl: string
  readonly tags: readonly string[]
  private readonly weighed: () => void
  private readonly headerBytes: number
  private readonly hash: string
  private readonly compressible: boolean
  private readonly made = new Map<Coding, Representation>()
  private readonly making = new Map<Coding, Promise<Representation>>()

  constructor(
    response: OriginResponse,
    readonly freshness: Freshness,
    { tags, isTagged, weighed }: StoredOptions,
  ) {
    this.tags = tags
    this.weighed = weighed
    this.status = response.status
    this.cacheControl = String(response.headers['cache-control'] ?? '')
    this.headers = Object.entries(response.headers).flatMap(([name, value]) =>
      value === undefined || NOT_STORED.has(name) ? [] : [name, single(value)],
    )
    this.headerBytes = this.headers.reduce((sum, text) => sum + text.length, 0)
    this.hash =
      (isTagged && opaqueTag(response.headers.etag)) ||
      createHash('sha256').update(response.body).digest('base64url').slice(0, 27)
    this.compressible = canCompress(response.headers['content-type'], response.body.length)
    const vary = String(response.headers.vary ?? '')
    this.vary =
      !this.compressible || /\baccept-encoding\b/i.test(vary)
        ? vary
        : [vary, 'Accept-Encoding'].filter(Boolean).join(', ')
    this.made.set('identity', { coding: 'identity', body: response.body, etag: `"${this.hash}"` })
  }

  /** Its size in bytes. */
  get size(): number {
    let bytes = OVERHEAD_BYTES + this.headerBytes
    for (const { body, sent } of this.made.values()) bytes += body.length + (sent?.wire.length ?? 0)
    return bytes
  }

  /** The representation in a coding, if it exists already. */
  ready(coding: Coding): Representation | undefined {
    return this.made.get(this.compressible ? coding : 'identity')
  }

  /** The bytes of the response, created once a second, because Age and Date change. @param now ms */
  wire(representation: Representation, now: number, make: () => Buffer): Buffer {
    const second = Math.floor(now / 1000)
    const last = representation.sent
    if (last?.second === second) return last.wire
    const wire = make()
    representation.sent = { second, wire }
    if (!last) this.weighed()
    return wire
  }

  /** The representation in a coding; bodies that are not worth compressing stay as they are. */
  async represent(coding: Coding): Promise<Representation> {
    const ready = this.ready(coding)
    if (ready) return ready
    let making = this.making.get(coding)
    if (!making) {
      making = this.make(coding).finally(() => this.making.delete(coding))
      this.making.set(coding, making)
    }
    return making
  }

  private async make(coding: Coding): Promise<Representation> {
    const plain = await this.plain()
    const body = coding === 'identity' ? plain : await compress(coding, plain)
    const etag = coding === 'identity' ? `"${this.hash}"` : `"${this.hash}-${coding}"`
    const representation: Representation = { coding, body, etag }
    this.made.set(coding, representation)
    if (coding !== 'identity') this.made.delete('identity')
    this.weighed()
    return representation
  }

  /** The uncompressed body. */
  private async plain(): Promise<Buffer> {
    const [first] = this.made.values()
    if (!first) throw new Error('A response has no body')
    return this.made.get('identity')?.body ?? decompress(first.coding, first.body)
  }
}
