import { PAGE_SECONDS } from '@/lib/cache/page-seconds'
import { originFor } from '@/lib/http/site-url'

/** The OpenSearch 1.1 description, with which browsers add the site as a search engine. */
export function openSearch(request: Request): Response {
  const { origin, isShared } = originFor(request)
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>SyroMusic</ShortName>
  <Description>Artists, albums, songs and playlists</Description>
  <InputEncoding>UTF-8</InputEncoding>
  <Image width="16" height="16" type="image/svg+xml">${origin}/icon.svg</Image>
  <Url type="text/html" template="${origin}/search?q={searchTerms}"/>
</OpenSearchDescription>
`
  return new Response(xml, {
    headers: {
      'content-type': 'application/opensearchdescription+xml; charset=utf-8',
      'cache-control': `${isShared ? 'public' : 'private'}, max-age=${PAGE_SECONDS}`,
    },
  })
}
