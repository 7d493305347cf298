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
      A page of a list has 25 items, or as many as <code>limit</code> says, up to 100. <code>total</code> is how many
      there are on all pages, exactly. <code>next</code> is the address of the next page and <code>previous</code> that
      of the one before; each is <code>null</code> where there is none. Take them as they are: the cursor in them is
      good for this list, its filters and its order.
    </p>
    <p>
      The same two are in the <code>Link</code> header, so that a shell walks a list without reading JSON. This brings
      all albums of a genre, a hundred at a time:
    </p>
    <CodeBlock label="All albums of a genre" text={loop(`${base}/genres/${genre}/albums?limit=100`)} />
    <p>
      Each page is a request to the <a href="#limits">limit</a>, and the loop ends with an error where that is used up;
      with a <a href="#key">key</a> it goes on for longer. A <a href="#streams">stream</a> brings a list of any length
      with one.
    </p>
    <p>
      <code>page=12</code> jumps to a page; the last costs what the first one costs. While the catalogue is written,
      numbered pages shift, and cursors don’t. Ids never change: walked by <code>sort=id</code>, the default, a list
      gives everything that was there all along exactly once, whatever is imported meanwhile.
    </p>
    <p>
      To keep a copy up to date, ask <a href="#listDeletions">deletions</a> and then each list for{' '}
      <code>updatedSince</code> the day before you last did: an import dates its rows by its beginning and shows them at
      its end. <code>updatedAt</code> changes with every field of a thing’s own, counts and <code>popularity</code>{' '}
      included. It does not change with <code>enrichment</code>, with <code>freshUntil</code> and <code>stale</code> of{' '}
      <code>artwork</code>, and with what is embedded. Genres have none: read their list whole.
    </p>
  </>
)
