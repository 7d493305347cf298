import { isUnavailable } from '@/lib/errors'
import { log } from '@/lib/observability/log'

/** Answers with a 503 in words where what `answer` needs is unavailable right now: for addresses that are no pages. */
export async function orUnavailable(answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer()
  } catch (error) {
    if (!isUnavailable(error)) throw error
    log.error({ err: error }, 'A response is unavailable')
    const headers = { 'cache-control': 'no-store', 'retry-after': '5' }
    return new Response('This can’t be read right now. Please try again in a moment.\n', { status: 503, headers })
  }
}
