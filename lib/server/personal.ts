import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { answerOf, type OriginResponse } from '@/lib/cache/response/origin'
import { sendPassed } from '@/lib/cache/response/passed'
import { withWords } from '@/lib/http/failed-page'
import { isOfThisSite } from '@/lib/http/same-origin'
import { pageHeaders } from '@/lib/http/security-headers'

type PersonalOptions = {
  listener: RequestListener
  /** What every answer says. */
  headers: Record<string, string>
  onError: (error: unknown) => void
}

/** Pages are read, and their forms sent. */
const METHODS = ['GET', 'HEAD', 'POST']

/**
 * Answers for pages of one person alone. They are held back until they are whole, as those that are kept are, because
 * their policy names the scripts in them.
 */
export const createPersonal =
  ({ listener, headers, onError }: PersonalOptions): RequestListener =>
  async (request, response) => {
    const own = { ...headers, 'cache-control': 'private, no-store' }
    const refuse = (status: number, sentence: string, more: Record<string, string> = {}) =>
      refuseWith(request, response, status, sentence, { ...own, ...more })
    const { method = '' } = request
    if (!METHODS.includes(method))
      return refuse(method === 'OPTIONS' ? 204 : 405, 'This page can be read, and its forms sent.', {
        allow: [...METHODS, 'OPTIONS'].join(', '),
      })
    if (!isOfThisSite(request)) return refuse(403, 'This form was not sent by a page of this site.')
    try {
      const answer = withWords(await plainAnswerOf(listener, request))
      const isPage = String(answer.headers['content-type']).startsWith('text/html')
      const all = { ...answer.headers, ...own, ...(isPage && pageHeaders(answer.body.toString('utf8'))) }
      await sendPassed(request, response, { ...answer, headers: all }, 'bypass')
    } catch (error) {
      onError(error)
      refuse(503, 'Something went wrong on our side. Please try again in a moment.', { 'retry-after': '5' })
    }
  }

/** Next.js would compress it, and its scripts could not be read. */
async function plainAnswerOf(listener: RequestListener, request: IncomingMessage): Promise<OriginResponse> {
  const accepted = request.headers['accept-encoding']
  delete request.headers['accept-encoding']
  try {
    return await answerOf(listener, request)
  } finally {
    request.headers['accept-encoding'] = accepted
  }
}

function refuseWith(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  sentence: string,
  headers: Record<string, string>,
): void {
  // What is left of the body is not read.
  if (request.method === 'POST') headers.connection = 'close'
  if (status === 204) response.writeHead(status, headers).end()
  else response.writeHead(status, { ...headers, 'content-type': 'text/plain; charset=utf-8' }).end(`${sentence}\n`)
}
