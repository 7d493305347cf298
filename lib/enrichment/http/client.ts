import { lookup as dnsLookup } from 'node:dns'
import type { z } from 'zod'
import { isPublicAddress, literalAddress } from './address'
import { kindOfStatus, OutsideFault } from './fault'
import { anyLookup, publicLookup, type Resolve } from './lookup'
import { type RawResponse, sendRequest, type Timeouts } from './request'
import { retryAfterOf } from './retry-after'

export type ClientOptions = {
  /** Prefix of all paths. */
  baseUrl: string
  /**
   * Whether the operator configured the address: their mirror may have a private address. Redirects to private addresses are
   * refused, except to the same host and port.
   */
  isOwn: boolean
  userAgent: string
  now: () => Date
  resolve?: Resolve
  timeouts?: Timeouts
}

export type RequestOptions = {
  /** The Accept header. */
  accept: string
  maxBytes: number
  signal: AbortSignal
  /** The stored data's ETag, for a conditional request. */
  etag?: string | null
  /**
   * Whether the body of a 404 is the source's own "not found". Any other 404 is an error: a wrong base address or a broken
   * proxy sends it for everything.
   */
  isNothing?: (body: string) => boolean
  /** Awaited before each request to the source, including redirects to itself: the rate limit. */
  turn?: () => Promise<void>
}

/** A body, "not modified" or "not found". */
export type SourceResponse =
  | { kind: 'body'; body: Buffer; type: string; etag: string | null; url: string }
  | { kind: 'unchanged' }
  | { kind: 'nothing' }

const PATIENCE: Timeouts = { connect: 5_000, whole: 30_000 }
const MAX_REDIRECTS = 5
const MAX_JSON_BYTES = 4 * 1024 * 1024

/**
 * An HTTP client of one outside source. It limits response sizes and never connects to the operator's own network, also not
 * after redirects.
 */
export class OutsideClient {
  readonly #base: URL
  readonly #resolve: Resolve

  constructor(private readonly options: ClientOptions) {
    this.#base = new URL(options.baseUrl)
    this.#resolve = options.resolve ?? dnsLookup
  }

  /** The address of a path of the source. */
  urlOf(path: string): string {
    return `${this.#base.href.replace(/\/$/, '')}${path}`
  }

  /** @throws OutsideFault; or the signal's reason. */
  async get(path: string, ask: RequestOptions): Promise<SourceResponse> {
    let url = new URL(this.urlOf(path))
    const seen = new Set<string>()
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      if (seen.has(url.href)) throw new OutsideFault('refused', `${url.host} redirects in a loop.`)
      seen.add(url.href)
      if (this.#isSource(url)) await ask.turn?.()
      const { status, headers, body } = await this.#hop(url, ask)
      const target = [301, 302, 303, 307, 308].includes(status) ? headers.location : undefined
      if (target === undefined) return this.#answer(url, { status, headers, body }, ask)
      url = targetOf(target, url)
    }
    throw new OutsideFault('refused', `${this.#base.host} redirects more than ${MAX_REDIRECTS} times.`)
  }

  /**
   * Fetches JSON and parses it with a schema.
   * @throws OutsideFault, also for invalid JSON; or the signal's reason.
   */
  async json<Shape extends z.ZodType>(
    path: string,
    shape: Shape,
    ask: Omit<RequestOptions, 'accept' | 'maxBytes'>,
  ): Promise<
    { kind: 'value'; value: z.output<Shape>; etag: string | null } | Exclude<SourceResponse, { kind: 'body' }>
  > {
    const answer = await this.get(path, { ...ask, accept: 'application/json', maxBytes: MAX_JSON_BYTES })
    if (answer.kind !== 'body') return answer
    const { host } = new URL(answer.url)
    const nonsense = (what: string) => new OutsideFault('nonsense', `${host} ${what}.`)
    if (!/^application\/(.+\+)?json\b/i.test(answer.type))
      throw nonsense(`sent ${answer.type || 'no content type'} instead of JSON`)
    let read: unknown
    try {
      read = JSON.parse(answer.body.toString('utf8'))
    } catch {
      throw nonsense('sent invalid JSON')
    }
    const parsed = shape.safeParse(read)
    const issue = parsed.error?.issues[0]
    if (!parsed.success)
      throw nonsense(`sent unexpected JSON: ${issue?.path.join('.') || 'the whole value'}: ${issue?.message}`)
    return { kind: 'value', value: parsed.data, etag: answer.etag }
  }

  #isSource(url: URL): boolean {
    return url.hostname === this.#base.hostname
  }

  #hop(url: URL, { accept, etag, maxBytes, signal }: RequestOptions) {
    const isOwn = this.options.isOwn && url.origin === this.#base.origin
    const literal = literalAddress(url)
    if (!isOwn && literal !== null && !isPublicAddress(literal))
      throw new OutsideFault('refused', `${literal} is a private address, which is never requested.`)
    return sendRequest(url, {
      headers: {
        accept,
        // Compressed responses could exceed the size limit when unpacked.
        'accept-encoding': 'identity',
        'user-agent': this.options.userAgent,
        ...(etag && { 'if-none-match': etag }),
      },
      lookup: (isOwn ? anyLookup : publicLookup)(this.#resolve),
      timeouts: this.options.timeouts ?? PATIENCE,
      maxBytes,
      signal,
    })
  }

  #answer(url: URL, { status, headers, body }: RawResponse, { isNothing }: RequestOptions): SourceResponse {
    if (status === 304) return { kind: 'unchanged' }
    if ((status === 404 || status === 410) && isNothing?.(body.toString('utf8'))) return { kind: 'nothing' }
    if (status !== 200) {
      const notBefore = retryAfterOf(headers['retry-after'], this.options.now())
      const kind = kindOfStatus(status, !this.#isSource(url))
      throw new OutsideFault(kind, `${url.host} answers with ${status}.`, notBefore)
    }
    const etag = headers.etag && headers.etag.length <= 200 ? headers.etag : null
    return { kind: 'body', body, type: headers['content-type'] ?? '', etag, url: url.href }
  }
}

/** @throws OutsideFault for a redirect to another protocol or an invalid address. */
function targetOf(location: string, from: URL): URL {
  const target = URL.canParse(location, from.href) ? new URL(location, from.href) : null
  if (!target || !['http:', 'https:'].includes(target.protocol))
    throw new OutsideFault('refused', `${from.host} redirects to an invalid address.`)
  // A redirect must not make this process send credentials.
  target.username = ''
  target.password = ''
  target.hash = ''
  return target
}
