import { createHash } from 'node:crypto'
import { type Coding, canCompress, compress } from './encoding'
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
])

/** Next.js sets `Location` twice on a redirect that it keeps; fields that may be repeated are lists. */
const single = (value: number | string | string[]): string =>
  Array.isArray(value) ? [...new Set(value)].join(', ') : String(value)

/** What an entry weighs beside its bodies: headers, keys and objects, measured at about 2 kB. */
const OVERHEAD_BYTES = 2_048

/** A whole response, with each coding of its body made once, when somebody first wants it. */
export class StoredResponse {
  readonly status: number
  /** Names and values in turn. */
  readonly headers: string[]
  readonly vary: string
  /** As the origin said it. */
  readonly cacheControl: string
  private readonly identity: Buffer
  private readonly hash: string
  private readonly compressible: boolean
  private readonly made = new Map<Coding, Representation>()
  private readonly making = new Map<Coding, Promise<Representation>>()

  constructor(
    response: OriginResponse,
    readonly freshness: Freshness,
    readonly tags: readonly string[],
    /** Called when the response has come to weigh more. */
    private readonly grown: () => void,
  ) {
    this.status = response.status
    this.identity = response.body
    this.cacheControl = String(response.headers['cache-control'] ?? '')
    this.headers = Object.entries(response.headers).flatMap(([name, value]) =>
      value === undefined || NOT_STORED.has(name) ? [] : [name, single(value)],
    )
    this.hash = createHash('sha256').update(response.body).digest('base64url').slice(0, 27)
    this.compressible = canCompress(response.headers['content-type'], response.body.length)
    const vary = String(response.headers.vary ?? '')
    this.vary =
      !this.compressible || /\baccept-encoding\b/i.test(vary)
        ? vary
        : [vary, 'Accept-Encoding'].filter(Boolean).join(', ')
    this.made.set('identity', { coding: 'identity', body: this.identity, etag: `"${this.hash}"` })
  }

  /** Bytes that it holds. */
  get size(): number {
    let bytes = OVERHEAD_BYTES
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
    if (!last) this.grown()
    return wire
  }

  /** The representation in a coding; what is not worth compressing stays as it is. */
  async represent(coding: Coding): Promise<Representation> {
    const ready = this.ready(coding)
    if (ready || coding === 'identity') return ready ?? this.represent('identity')
    let making = this.making.get(coding)
    if (!making) {
      making = compress(coding, this.identity).then((body) => {
        const representation: Representation = { coding, body, etag: `"${this.hash}-${coding}"` }
        this.made.set(coding, representation)
        this.making.delete(coding)
        this.grown()
        return representation
      })
      this.making.set(coding, making)
    }
    return making
  }
}
