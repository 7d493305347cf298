import autocannon from 'autocannon'
import type { VisitRequest, VisitResult } from './visit'

/** The visiting process: a load generator must not share a process with the measured server or the benchmark. */

process.on('message', async (request: VisitRequest) => process.send?.(await visit(request)))

/** The timeout: slower responses fail the benchmark. */
const TIMEOUT_S = 60

/** The polling interval for the end; the default of a second is longer than many visits. */
const SAMPLE_MS = 50

function visit({ origin, paths, connections, headers }: VisitRequest): Promise<VisitResult> {
  const visited: VisitResult = { ms: [], seconds: 0, statuses: {}, failed: 0 }
  let clients = 0
  return new Promise((resolve, reject) => {
    // The time of the first request, without autocannon's own start.
    let started = Number.POSITIVE_INFINITY
    const instance = autocannon(
      {
        url: origin,
        connections,
        amount: paths.length,
        timeout: TIMEOUT_S,
        sampleInt: SAMPLE_MS,
        headers,
        // Splits the paths, because each connection would request all of them.
        setupClient: (client) => {
          const first = clients++
          client.setRequests(
            paths.filter((_, index) => index % connections === first).map((path) => ({ method: 'GET', path })),
          )
        },
      },
      (error, result) => {
        if (error) return reject(error)
        visited.failed = result.errors + result.timeouts
        resolve(visited)
      },
    )
    instance.on('response', (_client, status, _bytes, ms) => {
      const now = performance.now()
      started = Math.min(started, now - ms)
      visited.ms.push(ms)
      visited.statuses[status] = (visited.statuses[status] ?? 0) + 1
      visited.seconds = (now - started) / 1_000
    })
  })
}
