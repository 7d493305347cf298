import type { IncomingHttpHeaders, RequestListener } from 'node:http'
import { sendFailure } from '@/lib/cache/response/failure'
import type { Origin } from '@/lib/cache/response/origin'
import { Waiting } from '@/lib/cache/response/waiting-clients'
import { FairQueue } from './fair-queue'

/**
 * The queues in front of Next.js's thread, which computes one thing at a time: more concurrent renders would only share
 * its processor. A render takes 10 to 30 ms, so waiting requests are served within seconds.
 */
export const createQueues = () => ({
  renders: new FairQueue({ running: 4, runningPerNetwork: 2, waiting: 400, waitingPerNetwork: 100 }),
  // Forms wait for password hashes; pages must not wait for them.
  forms: new FairQueue({ running: 18, runningPerNetwork: 12, waiting: 100, waitingPerNetwork: 20 }),
  // A sitemap runs as long as its client takes to read it.
  streams: new FairQueue({ running: 6, runningPerNetwork: 2, waiting: 50, waitingPerNetwork: 10 }),
})

export type Queues = ReturnType<typeof createQueues>

/** The client of a request, as lib/http/client-address.ts has set it. */
const waitingOf = (headers: IncomingHttpHeaders): Waiting => new Waiting(String(headers['x-forwarded-for'] ?? ''))

/** An origin that serves the clients named in its requests in turn. */
export const queuedOrigin =
  ({ renders, forms }: Queues, origin: Origin): Origin =>
  (request) =>
    (request.method === 'POST' ? forms : renders).run(waitingOf(request.headers), () => origin(request))

/** A streaming listener that serves clients in turn. */
export const queuedStream =
  ({ streams }: Queues, stream: RequestListener): RequestListener =>
  (request, response) => {
    const sent = () =>
      new Promise<void>((resolve) => {
        if (response.closed) return resolve()
        response.once('close', resolve)
        stream(request, response)
      })
    streams.run(waitingOf(request.headers), sent).catch((error) => sendFailure(response, {}, error))
  }
