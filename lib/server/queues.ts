import type { IncomingHttpHeaders, RequestListener } from 'node:http'
import { sendFailure } from '@/lib/cache/response/failure'
import type { Origin } from '@/lib/cache/response/origin'
import { Waiting } from '@/lib/cache/response/waiting-clients'
import { FairQueue } from './fair-queue'

/**
 * The queues before Next.js's thread, which computes one thing at a time. More renders at once make none of them quicker;
 * they only share the processor with one another. A render takes 10 to 30 ms, so what waits is done within seconds.
 */
export const createQueues = () => ({
  renders: new FairQueue({ running: 4, runningPerNetwork: 2, waiting: 400, waitingPerNetwork: 100 }),
  // Forms wait for passwords to be hashed, and must not keep pages waiting meanwhile. As many run as the queue of
  // passwords takes (lib/accounts/hashing.ts), for it answers in the form, and this one with a bare sentence.
  forms: new FairQueue({ running: 18, runningPerNetwork: 12, waiting: 100, waitingPerNetwork: 20 }),
  // Sitemaps run until they are sent, which takes as long as the client takes.
  streams: new FairQueue({ running: 6, runningPerNetwork: 2, waiting: 50, waitingPerNetwork: 10 }),
})

export type Queues = ReturnType<typeof createQueues>

/** The client of a request, as lib/http/client-address.ts has put it there. */
const waitingOf = (headers: IncomingHttpHeaders): Waiting => new Waiting(String(headers['x-forwarded-for'] ?? ''))

/** An origin whose requests name their client, in turn. */
export const queuedOrigin =
  ({ renders, forms }: Queues, origin: Origin): Origin =>
  (request) =>
    (request.method === 'POST' ? forms : renders).run(waitingOf(request.headers), () => origin(request))

/** A listener that streams, in turn. */
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
