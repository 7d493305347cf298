import autocannon from 'autocannon'
import type { Visited, VisitOrder } from './visit'

/** The process that visits: a load generator must not take its time from what it measures, nor from who counts. */

process.on('message', async (order: VisitOrder) => process.send?.(await visit(order)))

/** More than any page takes: what is slower counts as failed, and fails the benchmark. */
const TIMEOUT_S = 60

/** It looks as often whether it is done; once a second would be longer than many visits take. */
const LOOKS_MS = 50

function visit({ origin, paths, connections, acceptEncoding }: VisitOrder): Promise<Visited> {
  const visited: Visited = { ms: [], seconds: 0, statuses: {}, failed: 0 }
  let clients = 0
  return new Promise((resolve, reject) => {
    // When the first request was sent, which is not when autocannon began to make itself ready.
    let started = Number.POSITIVE_INFINITY
    const instance = autocannon(
      {
        url: origin,
        connections,
        amount: paths.length,
        timeout: TIMEOUT_S,
        sampleInt: LOOKS_MS,
        headers: { 'accept-encoding': acceptEncoding },
        // Each connection would ask for all of them; so they are dealt out.
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
