import type { OutgoingHttpHeaders } from 'node:http'
import { UNAVAILABLE_DIGEST } from '@/lib/errors'

/** Next.js leaves its error pages to scripts. Here they become pages that can be read without scripts. */

type Answer = { status: number; headers: OutgoingHttpHeaders; body: Buffer }

/** The beginning of a page that Next.js leaves to scripts to draw. */
export const UNDRAWN = '<html id="__next_error__">'

/** The address of the 404 page inside Next.js. */
const NOT_FOUND = '/_not-found'

const isUndrawn = ({ status, body }: Answer): boolean => status === 404 && body.subarray(0, 200).includes(UNDRAWN)

/**
 * An origin whose 404 pages are drawn on the server. Next.js draws the 404 page for an address without a route, but sends
 * a blank one where a page calls `notFound()`.
 */
export const drawingNotFound =
  <Request extends { url: string }, Response extends Answer>(origin: (request: Request) => Promise<Response>) =>
  async (request: Request): Promise<Response> => {
    const response = await origin(request)
    if (!isUndrawn(response)) return response
    const { body } = await origin({ ...request, url: NOT_FOUND })
    return { ...response, body }
  }

const WITHOUT_SCRIPTS = `<noscript><main style="margin:15vh auto;max-width:32rem;padding:0 1.5rem;font-family:system-ui,sans-serif">
<h1>Something went wrong</h1>
<p>This page could not be loaded. Please try again.</p>
<p><a href="/">Go to the home page</a></p>
</main></noscript>`

/** Seconds after which a retry makes sense: the database may be back by then. */
const RETRY_AFTER = '5'

/**
 * An error page is not cached, and says what happened where no script draws it. If the database is unavailable the
 * status is 503, so that crawlers come again and keep the page in their index.
 */
export function withErrorText<Response extends Answer>(response: Response): Response {
  if (response.status < 500) return response
  const isAway = response.status === 500 && isUnavailable(response)
  const headers = { ...response.headers, 'cache-control': 'no-store', ...(isAway && { 'retry-after': RETRY_AFTER }) }
  const failed = { ...response, status: isAway ? 503 : response.status, headers }
  if (!String(response.headers['content-type']).startsWith('text/html')) return failed
  const page = response.body.toString('utf8').replace(/<body[^>]*>/, (body) => body + WITHOUT_SCRIPTS)
  return { ...failed, body: Buffer.from(page) }
}

/** Next.js writes the digest of an error into the error page. */
const isUnavailable = ({ body }: Answer): boolean => body.includes(UNAVAILABLE_DIGEST)

/** The response to a form that could not be processed (lib/accounts/form.ts) is a 503 that shows the form again. */
export const withFormStatus = <Response extends Answer>(response: Response): Response =>
  response.status === 200 && isUnavailable(response)
    ? { ...response, status: 503, headers: { ...response.headers, 'retry-after': RETRY_AFTER } }
    : response
