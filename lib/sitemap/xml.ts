import { refOf } from '@/lib/catalogue/slug'
import { pages } from '@/lib/http/pages.mjs'
import type { SitemapEntry, SitemapPart } from './read'

/** Files of the sitemap protocol 0.9 (sitemaps.org). */

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
const NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)

const located = (origin: string, path: string): string => `<loc>${escaped(new URL(path, origin).href)}</loc>`

/** The home page and the lists of every kind. */
const single = pages.filter(({ path, lists }) => path === '/' || lists).map(({ path }) => path)

/** The index: the file of pages, and a file for each part. */
export function indexXml(parts: SitemapPart[], origin: string): string {
  const names = ['pages.xml', ...parts.map(({ kind, part }) => `${kind}-${part}.xml`)]
  const lines = names.map((name) => `<sitemap>${located(origin, `/sitemap/${name}`)}</sitemap>\n`)
  return `${HEAD}<sitemapindex ${NAMESPACE}>\n${lines.join('')}</sitemapindex>\n`
}

export function pagesXml(origin: string): string {
  const lines = single.map((path) => `<url>${located(origin, path)}</url>\n`)
  return `${HEAD}<urlset ${NAMESPACE}>\n${lines.join('')}</urlset>\n`
}

/** The file of a part, in chunks. */
export async function* partXml(
  kind: SitemapPart['kind'],
  entries: AsyncIterable<SitemapEntry[]>,
  origin: string,
): AsyncGenerator<string, void> {
  yield `${HEAD}<urlset ${NAMESPACE}>\n`
  for await (const chunk of entries)
    yield chunk
      .map((entry) => {
        const ref = kind === 'genres' ? entry.title : refOf(entry)
        const modified = entry.updatedAt ? `<lastmod>${entry.updatedAt.toISOString()}</lastmod>` : ''
        return `<url>${located(origin, `/${kind}/${ref}`)}${modified}</url>\n`
      })
      .join('')
  yield '</urlset>\n'
}
