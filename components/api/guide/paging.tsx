import { CodeBlock } from '@/components/api/code-block'
import type { Reference } from '@/lib/api/reference/reference'

const loop = (list: string) => `url='${list}'
while [ -n "$url" ]; do
  curl -sSf -D head -o page "$url" || break
  cat page; echo
  url=$(sed -n 's/^[Ll]ink: .*<\\([^>]*\\)>; rel="next".*/\\1/p' head)
done > albums.json`

export const Paging = ({ reference: { base, genre } }: { reference: Reference }) => (
  <>
    <p>
      A page has 25 items, or up to 100 with <code>limit</code>. <code>total</code> is the exact number of items on all
      pages. <code>next</code> and <code>previous</code> are the URLs of the neighbouring pages, or <code>null</code>.
      Use them unchanged: their cursor is valid only for the same list, filters and sort.
    </p>
    <p>
      The <code>Link</code> header has the same URLs, so that a shell script needs no JSON parser. This fetches all
      albums of a genre, 100 at a time:
    </p>
    <CodeBlock label="All albums of a genre" text={loop(`${base}/genres/${genre}/albums?limit=100`)} />
    <p>
      Each page counts as a request, and the loop ends with an error at the <a href="#limits">rate limit</a>, which is
      higher with a <a href="#key">key</a>. A <a href="#streams">stream</a> returns a list of any length in one request.
    </p>
    <p>
      <code>page=12</code> jumps to a page; the last page is as fast as the first. During an import, numbered pages
      shift, and cursors don’t. Ids never change: with <code>sort=id</code>, the default, paging returns every entry
      that exists the whole time exactly once, even during an import.
    </p>
    <p>
      To keep a copy up to date, fetch the <a href="#listDeletions">deletions</a> and then each list with{' '}
      <code>updatedSince</code> one day before your last update: the rows of an import have the time of its start and
      appear at its end. <code>updatedAt</code> changes with every own field, including counts and{' '}
      <code>popularity</code>, but not with <code>enrichment</code>, <code>freshUntil</code> and <code>stale</code> of{' '}
      <code>artwork</code>, or embedded lists. Genres have no <code>updatedAt</code>: fetch the whole list.
    </p>
  </>
)
