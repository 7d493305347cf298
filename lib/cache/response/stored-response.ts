import { createHash } from 'node:crypto'
import { type Coding, canCompress, compress, decompress } from './encoding'
import type { Freshness } from './freshness'
import type { OriginResponse } from './origin'

/** One form of a response's body: its bytes, and the validator of exactly these bytes. */
export type Representation = {
  coding: Coding
  body: Buffer
  etag: string
  /** As it was last sent to who asked for it, head and all, and in which second. */
  sent?: { second: number; wire: Buffer }
}

/** Header fields that speak of one connection or that are made anew for each answer. */
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

/** Next.js sets `Location` twice on a redirect that it keeps; fields that may be repeated are lists. */
const single = (value: number | string | string[]): string =>
  Array.isArray(value) ? [...new Set(value)].join(', ') : String(value)

type StoredOptions = {
  tags: readonly string[]
  /** Whether the origin's entity tag names this version; else one is made of its bytes. */
  isTagged: boolean
  /** Called when the response has come to weigh more or less. */
  weighed: () => void
}

/** What a strong entity tag says: "abc" is abc. */
const opaqueTag = (etag: unknown): string | undefined => /^"([^"]+)"$/.exec(String(etag ?? ''))?.[1]

/** What an entry weighs beside its bodies and header fields: keys and objects, measured at about 2 kB. */
const OVERHEAD_BYTES = 2_048

/**
 * A whole response, with each coding of its body made once, when somebody first wants it. A body that is kept compressed
 * is not kept plain: it would weigh five to ten times as much, and hardly anybody asks for it.
 */
export class StoredResponse {
  readonly status: number
  /** Names and values in turn. */
  readonly headers: string[]
  readonly vary: string
  /** As the origin said it. */
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

  /** Bytes that it holds. */
  get size(): number {
    let bytes = OVERHEAD_BYTES + this.headerBytes
    for (const { body, sent } of this.made.values()) bytes += body.length + (sent?.wire.length ?? 0)
    return bytes
  }

  /** The representation in a coding, where it is made already. */
  ready(coding: Coding): Representation | undefined {
    return this.made.get(this.compressible ? coding : 'identity')
  }

  /** What is sent to who asks for a representation: made once a second, for Age and Date grow. @param now ms */
  wire(representation: Representation, now: number, make: () => Buffer): Buffer {
    const second = Math.floor(now / 1000)
    const last = representation.sent
    if (last?.second === second) return last.wire
    const wire = make()
    representation.sent = { second, wire }
    if (!last) this.weighed()
    return wire
  }

  /** The representation in a coding; what is not worth compressing stays as it is. */
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

  /** The body as it came. */
  private async plain(): Promise<Buffer> {
    const [first] = this.made.values()
    if (!first) throw new Error('A response has no body')
    return this.made.get('identity')?.body ?? decompress(first.coding, first.body)
  }
}
