/**
 * Does all of it at once. Where one fails, the others are stopped and waited for, so that nothing goes on behind whoever
 * is told; it is the first failure that is thrown.
 * @param signal stops all of it.
 */
export async function together<Result>(
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
