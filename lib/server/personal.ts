import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { sentenceOf } from '@/lib/cache/response/failure'
import type { Origin } from '@/lib/cache/response/origin'
import { sendUncached } from '@/lib/cache/response/uncached'
import { isOfThisSite } from '@/lib/http/same-origin'
import type { PageHeaders } from '@/lib/http/security-headers'
import { withErrorText, withFormStatus } from '@/lib/next/error-pages'
import { isReadableForm } from '@/lib/next/form'

type PersonalOptions = {
  origin: Origin
  /** Headers of every response. */
  headers: Record<string, string>
  /** Additional headers of pages. */
  pageHeaders: PageHeaders
  onError: (error: unknown) => void
}

/** Pages are read, and their forms submitted. */
const METHODS = ['GET', 'HEAD', 'POST']
/** HEAD is forwarded as GET, so that the length of the body is known. */
const READ_AS: Record<string, string> = { HEAD: 'GET' }

/**
 * Answers requests for personal pages. Responses are collected before they are sent, because their
 * Content-Security-Policy names the scripts in them.
 */
export const createPersonal =
  ({ origin, headers, pageHeaders, onError }: PersonalOptions): RequestListener =>
  async (request, response) => {
    const own = { ...headers, 'cache-control': 'private, no-store' }
    const refuse = (status: number, sentence: string, more: Record<string, string> = {}) =>
      refuseWith(response, status, sentence, { ...own, ...more })
    const { method = '', url = '/' } = request
    if (!METHODS.includes(method))
      return refuse(method === 'OPTIONS' ? 204 : 405, 'This page can be read, and its forms sent.', {
        allow: [...METHODS, 'OPTIONS'].join(', '),
        connection: 'close',
      })
    if (!isOfThisSite(request))
      return refuse(403, 'This form was not sent by a page of this site.', { connection: 'close' })
    try {
      const body = await buffer(request)
      if (method === 'POST' && !(await isReadableForm(request.headers, body)))
        return refuse(400, 'This form can’t be read.')
      const page = withErrorText(
        await origin({ method: READ_AS[method] ?? method, url, headers: headersOf(request), body }),
      )
      const answer = method === 'POST' ? withFormStatus(page) : page
      const isPage = String(answer.headers['content-type']).startsWith('text/html')
      const all = { ...answer.headers, ...own, ...(isPage && pageHeaders(answer.body.toString('utf8'))) }
      await sendUncached(request, response, { ...answer, headers: all }, 'bypass')
    } catch (error) {
      // A client that has disconnected needs no response.
      if (!request.complete) return
      onError(error)
      refuse(503, sentenceOf(error), { 'retry-after': '5' })
    }
  }

/** The headers for Next.js. */
function headersOf({ method, headers }: IncomingMessage): IncomingHttpHeaders {
  // Scripts could not be found in a compressed page.
  const { 'accept-encoding': _, ...given } = headers
  // Without a user agent, Next.js streams a page, with scripts that move its parts.
  const forwarded = { ...given, 'user-agent': given['user-agent'] || 'SyroMusic' }
  // Next.js accepts forms only if Origin and Host agree, and a proxy may have changed Host.
  return method === 'POST' && forwarded.origin ? { ...forwarded, host: new URL(forwarded.origin).host } : forwarded
}

function refuseWith(response: ServerResponse, status: number, sentence: string, headers: Record<string, string>): void {
  if (status === 204) response.writeHead(status, headers).end()
  else response.writeHead(status, { ...headers, 'content-type': 'text/plain; charset=utf-8' }).end(`${sentence}\n`)
}
