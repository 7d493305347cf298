import { AppError } from '@/lib/errors'

/** The result of a warm-up. */
export type WarmResult = {
  rendered: number
  /** Pages that were in the cache already. */
  alreadyCached: number
  failed: { address: string; reason: string }[]
}

/** Concurrent requests: enough for the site's one core while PostgreSQL works, with room for listeners. */
const AT_ONCE = 4
/** The codings in which the cache stores a body; browsers accept one of these. */
const CODINGS = ['br', 'gzip']
/** Longer than the site's own timeout. */
const TIMEOUT_MS = 40_000

/**
 * Requests pages from the site at `origin`, a few at a time, so that its caches contain them.
 * @param addresses paths; the first must succeed.
 * @throws AppError if no site responds, and the reason of `signal`.
 */
export async function warm(
  origin: string,
  addresses: AsyncGenerator<string, void>,
  signal: AbortSignal,
): Promise<WarmResult> {
  const warmed: WarmResult = { rendered: 0, alreadyCached: 0, failed: [] }
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

/** Requests a page in every coding. @returns whether they were cached. */
async function ask(url: URL, signal: AbortSignal): Promise<'rendered' | 'alreadyCached'> {
  let wasCached = true
  for (const coding of CODINGS) {
    const response = await fetch(url, {
      headers: { 'accept-encoding': coding },
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    })
    await response.arrayBuffer()
    if (response.status !== 200) throw new Error(statusSentence(response))
    wasCached &&= isFreshHit(response.headers.get('cache-status') ?? '')
  }
  return wasCached ? 'alreadyCached' : 'rendered'
}

/** Looks at our own entry of Cache-Status (RFC 9211): a proxy in front may add another. A stale hit counts as rendered. */
const isFreshHit = (cacheStatus: string): boolean => /SyroMusic; hit; ttl=\d+(,|$)/.test(cacheStatus)

const statusSentence = ({ status, headers }: Response): string => {
  const location = headers.get('location')
  return location ? `the response is ${status}, to ${location}` : `the response is ${status}`
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // fetch reports only that it failed; the reason is the cause.
  const { cause } = error
  if (cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED') return 'connection refused'
  return cause instanceof Error ? cause.message : error.message
}
