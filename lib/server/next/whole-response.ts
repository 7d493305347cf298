import type { RequestListener } from 'node:http'
import { sendFailure } from '@/lib/cache/response/failure'
import type { Origin } from '@/lib/cache/response/origin'
import { sendUncached } from '@/lib/cache/response/uncached'
import { asBuffer } from './calls'
import { withoutConnection } from './proxy'

/** An origin in another thread. @param answer its procedure, over the port between the threads. */
export const farOrigin =
  (answer: Origin): Origin =>
  async (request) => {
    const { body, ...rest } = await answer(request)
    return { ...rest, body: asBuffer(body) }
  }

/**
 * Forwards GET and HEAD requests as messages, each with its whole response in one, and compresses the response.
 * Requests share no connection.
 */
export const createWhole =
  (origin: Origin, onError: (error: unknown) => void): RequestListener =>
  async (request, response) => {
    try {
      const { 'accept-encoding': _, ...headers } = withoutConnection(request.headers)
      // HEAD is forwarded as GET, so that the length of the body is known.
      await sendUncached(request, response, await origin({ url: request.url ?? '/', headers }))
    } catch (error) {
      onError(error)
      if (response.headersSent) response.destroy()
      else sendFailure(response, {}, error)
    }
  }
