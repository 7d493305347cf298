import type { OriginResponse } from '@/lib/cache/response/origin'

/** Next.js leaves it to scripts to draw the page of a fault: where none run, it would be blank. */
const WITHOUT_SCRIPTS = `<noscript><main style="margin:15vh auto;max-width:32rem;padding:0 1.5rem;font-family:system-ui,sans-serif">
<h1>The record skipped</h1>
<p>This page could not be made. It is not your fault, and trying again often helps.</p>
<p><a href="/">Go to the home page</a></p>
</main></noscript>`

/** What is sent of an answer: a page that fails is not kept, whatever it says, and says in words what it is. */
export function withWords(response: OriginResponse): OriginResponse {
  if (response.status < 500) return response
  const headers = { ...response.headers, 'cache-control': 'no-store' }
  if (!String(response.headers['content-type']).startsWith('text/html')) return { ...response, headers }
  const page = response.body.toString('utf8').replace(/<body[^>]*>/, (body) => body + WITHOUT_SCRIPTS)
  return { ...response, headers, body: Buffer.from(page) }
}
