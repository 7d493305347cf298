/**
 * Runs all works concurrently. If one fails, the others are aborted and awaited, and the first error is thrown.
 * @param signal aborts all of them.
 */
export async function runConcurrently<Result>(
  signal: AbortSignal,
  works: readonly ((signal: AbortSignal) => Promise<Result>)[],
): Promise<Result[]> {
  const failing = new AbortController()
  const either = AbortSignal.any([signal, failing.signal])
  const working = works.map((work) =>
    work(either).catch((error: unknown) => {
      failing.abort(error)
      throw error
    }),
  )
  await Promise.allSettled(working)
  if (failing.signal.aborted) throw failing.signal.reason
  return Promise.all(working)
}
