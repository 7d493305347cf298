import { PAGE_SECONDS } from '@/lib/cache/page-seconds'
import { originFor } from '@/lib/http/site-url'
import { findEntries, findParts, kinds, type SitemapEntry, type SitemapPart } from './read'
import { indexXml, pagesXml, partXml } from './xml'

/** robots.txt, and the sitemap as an index and its parts. */

export function robots(request: Request): Response {
  const { origin } = originFor(request)
  // Search results and API responses are endless, and repeat other pages.
  const lines = [
    'User-agent: *',
    'Allow: /',
    'Disallow: /search?',
    'Disallow: /search/suggestions',
    'Disallow: /api/v1/',
    '',
    `Sitemap: ${origin}/sitemap.xml`,
    '',
  ]
  return answer(request, lines.join('\n'), 'text/plain; charset=utf-8')
}

/** The index lists the parts that have rows. */
export const sitemapIndex = async (request: Request): Promise<Response> =>
  answer(request, indexXml(await findParts(), originFor(request).origin), XML)

/**
 * A file such as "albums-3.xml" or "pages.xml", as a stream, because it has megabytes.
 * @returns 404 for a part without rows.
 */
export async function sitemapFile(request: Request, name: string): Promise<Response> {
  const { origin } = originFor(request)
  if (name === 'pages.xml') return answer(request, pagesXml(origin), XML)
  const part = partOf(name)
  const entries = part && findEntries(part)
  const first = await entries?.next()
  if (!part || !entries || !first || first.done) return new Response('Not found\n', { status: 404 })
  const text = partXml(part.kind, startingWith(first.value, entries), origin)
  return answer(request, streamOf(text), XML)
}

const XML = 'application/xml; charset=utf-8'

function answer(request: Request, body: BodyInit, type: string): Response {
  const scope = originFor(request).isShared ? 'public' : 'private'
  return new Response(body, { headers: { 'Content-Type': type, 'Cache-Control': `${scope}, max-age=${PAGE_SECONDS}` } })
}

function partOf(name: string): SitemapPart | null {
  const [, kind, part] = /^([a-z]+)-([1-9]\d{0,4})\.xml$/.exec(name) ?? []
  const known = kinds.find((other) => other === kind)
  return known ? { kind: known, part: Number(part) } : null
}

async function* startingWith(first: SitemapEntry[], rest: AsyncIterable<SitemapEntry[]>) {
  yield first
  yield* rest
}

/** A stream that produces text only as fast as the client reads it. */
function streamOf(text: AsyncGenerator<string, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await text.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await text.return()
    },
  })
}
