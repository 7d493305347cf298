import type { ServerResponse } from 'node:http'

/** Header fields that Next.js adds to or takes off the responses of route handlers. */

/**
 * Carries the content coding of a stream past Next.js, which removes `Content-Encoding` from the responses of route
 * handlers.
 */
export const CODING = 'x-syro-coding'

/** The fields that Next.js adds to `Vary`: the headers of its router's requests. */
const ROUTER_FIELDS = /^(rsc|next-.+)$/i

/** Restores `Content-Encoding` and `Vary` as the route handler set them, when the headers are sent. */
export function restoreHeaders(response: ServerResponse): void {
  const restore = () => {
    const vary = [response.getHeader('vary') ?? []].flat().flatMap((value) => String(value).split(/, */))
    const own = vary.filter((name) => !ROUTER_FIELDS.test(name))
    const coding = response.getHeader(CODING)
    if (coding !== undefined) {
      response.removeHeader(CODING)
      response.setHeader('content-encoding', coding)
    }
    if (own.length > 0) response.setHeader('vary', [...new Set(own)].join(', '))
    else response.removeHeader('vary')
  }
  response.writeHead = new Proxy(response.writeHead, {
    apply: (writeHead, self, args) => {
      restore()
      return Reflect.apply(writeHead, self, args)
    },
  })
}
