import { cache } from 'react'
import { orNotFound, pageOf } from '@/app/address'
import { JsonLd } from '@/app/json-ld'
import { listMetadata } from '@/app/list-metadata'
import { colourPath, Swatches } from '@/components/artwork/swatches'
import { AlbumGrid } from '@/components/catalogue/album-grid'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { Pagination } from '@/components/ui/list/pagination'
import { Notice } from '@/components/ui/notice'
import { PageHead } from '@/components/ui/page-head'
import { count, number } from '@/components/ui/text'
import wrap from '@/components/ui/wrap.module.css'
import { getAlbumsOfColour, getColours } from '@/lib/artwork/cached'
import { colourNumber } from '@/lib/artwork/colours/colours'
import type { AlbumsOfColour } from '@/lib/artwork/colours/views'
import { isHex, parseColour } from '@/lib/catalogue/artwork/colour-parameter'
import { today } from '@/lib/catalogue/today'
import { noteDemand } from '@/lib/enrichment/page-demand'

type Props = { params: Promise<{ color: string; page: string }> }

/** The albums whose covers have a named colour, or one similar to a hex colour such as "3366cc". */
const load = cache(async (color: string, pageText: string) => {
  const requested = orNotFound(parseColour(color))
  const albums = orNotFound(await getAlbumsOfColour(colourNumber(requested), pageOf(pageText), today()))
  const isNamed = !isHex(requested)
  // In a URL, "#" would start the fragment.
  const colour = isNamed ? requested : requested.slice(1)
  const title = isNamed ? `${colour.charAt(0).toUpperCase()}${colour.slice(1)} albums` : `Albums like ${requested}`
  return { colour, isNamed, title, albums, of: { path: '/albums', query: { color: colour } } }
})

const albumTotal = ({ total, isAll }: AlbumsOfColour): string =>
  isAll ? count(total, 'album') : `The newest ${number(total)}`

export async function generateMetadata({ params }: Props) {
  const { color, page } = await params
  const { title, isNamed, albums, of } = await load(color, page)
  const metadata = listMetadata({
    ...albums,
    title,
    description: `${title}, found by cover colour: ${albumTotal(albums)}.`,
    of,
  })
  // There are millions of hex colours, but few different lists of albums.
  return isNamed ? metadata : { ...metadata, robots: { index: false, follow: true } }
}

export default async function ColourPage({ params }: Props) {
  const parameters = await params
  const { colour, isNamed, title, albums, of } = await load(parameters.color, parameters.page)
  noteDemand('album', albums.rows)
  return (
    <div className={wrap.wrap}>
      <PageHead
        title={title}
        note={albums.total > 0 && albumTotal(albums)}
        above={<Breadcrumbs crumbs={[{ name: 'Albums', path: '/albums' }]} />}
      >
        <Swatches colours={await getColours()} current={isNamed ? colour : undefined} />
      </PageHead>
      {albums.total > 0 ? (
        <AlbumGrid albums={albums.rows} />
      ) : (
        <Notice title="No albums in this colour" heading="h2">
          <p>
            <a href="/albums">See all albums</a>
          </p>
        </Notice>
      )}
      <Pagination {...albums} of={of} />
      <JsonLd
        crumbs={[
          { name: 'Albums', path: '/albums' },
          { name: title, path: colourPath(colour) },
        ]}
      />
    </div>
  )
}
