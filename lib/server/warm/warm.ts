import { AppError } from '@/lib/errors'

/** What became of the pages that were asked for. */
export type WarmResult = {
  made: number
  /** They were in the cache already. */
  kept: number
  failed: { address: string; reason: string }[]
}

/** Enough to keep the site's one core busy while PostgreSQL works for it, and to leave room for listeners. */
const AT_ONCE = 4
/** The codings that the cache keeps a body in, beside the body itself; browsers ask for one of these. */
const CODINGS = ['br', 'gzip']
/** Longer than the site waits for a page. */
const TIMEOUT_MS = 40_000

/**
 * Asks the site at `origin` for pages, so that its caches have them, a few at a time.
 * @param addresses paths, of which the first must be answered.
 * @throws AppError where nothing answers there, and the reason of `signal`.
 */
export async function warm(
  origin: string,
  addresses: AsyncGenerator<string, void>,
  signal: AbortSignal,
): Promise<WarmResult> {
  const warmed: WarmResult = { made: 0, kept: 0, failed: [] }
  const one = async (address: string) => {
    try {
      warmed[await ask(new URL(address, origin), signal)] += 1
    } catch (error) {
      signal.throwIfAborted()
      warmed.failed.push({ address, reason: reasonOf(error) })
    }
  }
  const rest = async () => {
    for (let next = await addresses.next(); !next.done; next = await addresses.next()) await one(next.value)
  }
  const first = await addresses.next()
  if (!first.done) await one(first.value)
  if (warmed.failed[0]) throw new AppError('unavailable', `${origin} can't be warmed: ${warmed.failed[0].reason}.`)
  await Promise.all(Array.from({ length: AT_ONCE }, rest))
  return warmed
}

/** Asks for a page in every coding. @returns whether the cache had it. */
async function ask(url: URL, signal: AbortSignal): Promise<'made' | 'kept'> {
  let had = true
  for (const coding of CODINGS) {
    const response = await fetch(url, {
      headers: { 'accept-encoding': coding },
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    })
    await response.arrayBuffer()
    if (response.status !== 200) throw new Error(statusSentence(response))
    had &&= isFreshHit(response.headers.get('cache-status') ?? '')
  }
  return had ? 'kept' : 'made'
}

/** Of our own part of Cache-Status (RFC 9211): a proxy in front may add one. What is refreshed now counts as made. */
const isFreshHit = (cacheStatus: string): boolean => /SyroMusic; hit; ttl=\d+(,|$)/.test(cacheStatus)

const statusSentence = ({ status, headers }: Response): string => {
  const location = headers.get('location')
  return location ? `it is answered with ${status}, to ${location}` : `it is answered with ${status}`
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // fetch says only that it failed; what failed is the cause.
  const { cause } = error
  if (cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED') return 'nothing answers there'
  return cause instanceof Error ? cause.message : error.message
}
