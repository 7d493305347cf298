import { createHash } from 'node:crypto'
import type { Dependencies } from '@/lib/cache/changes/recent'
import { type Coding, canCompress, codings, compress, decompress, type Effort } from './encoding'
import type { Freshness } from './freshness'
import type { OriginResponse } from './origin'

/** The body of a response in one coding, and its entity tag. */
export type Representation = {
  coding: Coding
  body: Buffer
  etag: string
  effort: Effort
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
  dependencies: Dependencies
  /** Whether the origin's entity tag names the version; else the tag is a hash of the bytes. */
  isTagged: boolean
  /** Called when the size of the response has changed. */
  weighed: () => void
}

/** The text of a strong entity tag: abc in "abc". */
const opaqueTag = (etag: unknown): string | undefined => /^"([^"]+)"$/.exec(String(etag ?? ''))?.[1]

/** RFC 9110, 13.1.2: weak comparison, and `*` matches anything that exists. */
export function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch === etag || ifNoneMatch.trim() === '*') return true
  return ifNoneMatch.split(',').some((each) => {
    const tag = each.trim()
    return tag === etag || tag === `W/${etag}`
  })
}

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
  readonly dependencies: Dependencies
  private readonly weighed: () => void
  private readonly headerBytes: number
  private readonly hash: string
  private readonly compressible: boolean
  private readonly made = new Map<Coding, Representation>()
  private readonly making = new Map<Coding, Promise<Representation>>()

  constructor(
    response: OriginResponse,
    readonly freshness: Freshness,
    { dependencies, isTagged, weighed }: StoredOptions,
  ) {
    this.dependencies = dependencies
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
    this.made.set('identity', {
      coding: 'identity',
      body: response.body,
      etag: this.etagIn('identity'),
      effort: 'thorough',
    })
  }

  /** Its size in bytes. */
  get size(): number {
    const { hard, soft } = this.dependencies
    let bytes = OVERHEAD_BYTES + this.headerBytes + hard.length + soft.length
    for (const { body, sent } of this.made.values()) bytes += body.length + (sent?.wire.length ?? 0)
    return bytes
  }

  /** The value of the Age header. @param now ms */
  ageAt(now: number): string {
    const { storedAt, initialAge } = this.freshness
    return String(Math.max(0, Math.floor((now - storedAt + initialAge) / 1000)))
  }

  /** The entity tag in a coding: other bytes have another tag. */
  etagIn(coding: Coding, effort: Effort = 'quick'): string {
    if (coding === 'identity') return `"${this.hash}"`
    return effort === 'quick' ? `"${this.hash}-${coding}"` : `"${this.hash}-${coding}.2"`
  }

  /** The entity tag, in one of these codings, that an If-None-Match names. */
  knownTag(ifNoneMatch: string, among: readonly Coding[] = codings): string | undefined {
    const tags = among.flatMap((coding) =>
      coding === 'br' ? [this.etagIn(coding, 'thorough'), this.etagIn(coding)] : [this.etagIn(coding)],
    )
    return tags.find((etag) => matches(ifNoneMatch, etag))
  }

  header(name: string): string | undefined {
    const at = this.headers.indexOf(name)
    return at % 2 === 0 ? this.headers[at + 1] : undefined
  }

  /** The representation in a coding, where it is made already. */
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

  /** Compresses a representation again, for a response that is requested again. The old one is served meanwhile. */
  improve({ coding }: Representation): void {
    if (this.making.has(coding)) return
    const making = this.make(coding, 'thorough').finally(() => this.making.delete(coding))
    making.catch(() => {})
    this.making.set(coding, making)
  }

  private async make(coding: Coding, effort: Effort = 'quick'): Promise<Representation> {
    const plain = await this.plain()
    const body = coding === 'identity' ? plain : await compress(coding, plain, effort)
    const isBest = coding !== 'br' || effort === 'thorough'
    const representation: Representation = {
      coding,
      body,
      etag: this.etagIn(coding, coding === 'br' ? effort : 'quick'),
      effort: isBest ? 'thorough' : 'quick',
    }
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
