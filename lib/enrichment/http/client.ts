import { lookup as dnsLookup } from 'node:dns'
import type { z } from 'zod'
import { isPublicAddress, literalAddress } from './address'
import { kindOfStatus, OutsideFault } from './fault'
import { getOnce, type Hop, type Patience } from './get'
import { anyLookup, publicLookup, type Resolve } from './lookup'
import { retryAfterOf } from './retry-after'

export type ClientOptions = {
  /** Where the source is; its paths follow. */
  baseUrl: string
  /**
   * Whether the operator said so: their own mirror may be inside their network. What it redirects to may not, unless it
   * is on the same host and port.
   */
  isOwn: boolean
  userAgent: string
  now: () => Date
  resolve?: Resolve
  patience?: Patience
}

export type Ask = {
  /** What is wanted, as media types. */
  accept: string
  maxBytes: number
  signal: AbortSignal
  /** Of what is known already. */
  etag?: string | null
  /**
   * Whether a body that comes with 404 is the source's own way to say that there is no such thing. Any other 404 is a
   * fault: a wrong address and a broken proxy say it of everything. Not given where the source has an answer to anything.
   */
  isNothing?: (body: string) => boolean
  /** Awaited before each request to the source itself, those that it redirects to its own host too: when it may be sent. */
  turn?: () => Promise<void>
}

/** What was there: a body, nothing, or nothing newer than what is known. */
export type Answer =
  | { kind: 'body'; body: Buffer; type: string; etag: string | null; url: string }
  | { kind: 'unchanged' }
  | { kind: 'nothing' }

const PATIENCE: Patience = { connect: 5_000, whole: 30_000 }
const MAX_REDIRECTS = 5
/** A page of JSON, several times over. */
const MAX_JSON_BYTES = 4 * 1024 * 1024

/**
 * A client of one outside source, which says who it is, takes no more than it asked for, and goes nowhere inside the
 * operator's network, whatever it is told.
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
  async get(path: string, ask: Ask): Promise<Answer> {
    let url = new URL(this.urlOf(path))
    const seen = new Set<string>()
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      if (seen.has(url.href)) throw new OutsideFault('refused', `${url.host} redirects in a circle.`)
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
   * What is there, as JSON that is of a shape.
   * @throws OutsideFault, also for what isn't; or the signal's reason.
   */
  async json<Shape extends z.ZodType>(
    path: string,
    shape: Shape,
    ask: Omit<Ask, 'accept' | 'maxBytes'>,
  ): Promise<{ kind: 'value'; value: z.output<Shape>; etag: string | null } | Exclude<Answer, { kind: 'body' }>> {
    const answer = await this.get(path, { ...ask, accept: 'application/json', maxBytes: MAX_JSON_BYTES })
    if (answer.kind !== 'body') return answer
    const { host } = new URL(answer.url)
    const nonsense = (what: string) => new OutsideFault('nonsense', `${host} ${what}.`)
    if (!/^application\/(.+\+)?json\b/i.test(answer.type))
      throw nonsense(`sent ${answer.type || 'something'} and not JSON`)
    let read: unknown
    try {
      read = JSON.parse(answer.body.toString('utf8'))
    } catch {
      throw nonsense('sent JSON that is broken')
    }
    const parsed = shape.safeParse(read)
    const issue = parsed.error?.issues[0]
    if (!parsed.success)
      throw nonsense(`sent another JSON than it says: ${issue?.path.join('.') || 'all of it'}: ${issue?.message}`)
    return { kind: 'value', value: parsed.data, etag: answer.etag }
  }

  #isSource(url: URL): boolean {
    return url.hostname === this.#base.hostname
  }

  #hop(url: URL, { accept, etag, maxBytes, signal }: Ask) {
    const isOwn = this.options.isOwn && url.origin === this.#base.origin
    const literal = literalAddress(url)
    if (!isOwn && literal !== null && !isPublicAddress(literal))
      throw new OutsideFault('refused', `${literal} is an address inside; nothing is asked there.`)
    return getOnce(url, {
      headers: {
        accept,
        // What is packed may be anything long when it is unpacked.
        'accept-encoding': 'identity',
        'user-agent': this.options.userAgent,
        ...(etag && { 'if-none-match': etag }),
      },
      lookup: (isOwn ? anyLookup : publicLookup)(this.#resolve),
      patience: this.options.patience ?? PATIENCE,
      maxBytes,
      signal,
    })
  }

  #answer(url: URL, { status, headers, body }: Hop, { isNothing }: Ask): Answer {
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

/** @throws OutsideFault where a redirect leads to nothing that may be asked. */
function targetOf(location: string, from: URL): URL {
  const target = URL.canParse(location, from.href) ? new URL(location, from.href) : null
  if (!target || !['http:', 'https:'].includes(target.protocol))
    throw new OutsideFault('refused', `${from.host} redirects to what is no address of the web.`)
  // Whoever redirects must not have this process tell somebody a password.
  target.username = ''
  target.password = ''
  target.hash = ''
  return target
}
