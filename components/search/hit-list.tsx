import { Children, type ReactNode } from 'react'
import { Cover } from '@/components/artwork/cover'
import { Mosaic } from '@/components/artwork/mosaic'
import { FIRST_ROWS, type LoadOrder, loadOrderOf } from '@/components/artwork/picture'
import { Portrait } from '@/components/artwork/portrait'
import { artistFacts } from '@/components/catalogue/artist-grid'
import { kindNames } from '@/components/catalogue/kinds'
import { albumPath, artistPath, genrePath, songPath } from '@/components/catalogue/paths'
import { playlistPath } from '@/components/playlists/paths'
import { playlistFacts } from '@/components/playlists/playlist-list'
import rows from '@/components/ui/rows.module.css'
import { Static } from '@/components/ui/static/static'
import { clock, count, date, facts } from '@/components/ui/text'
import type { MarkedText, SearchHit } from '@/lib/search/results/views'
import { HighlightedText } from './highlighted-text'
import styles from './hit-list.module.css'

/** The results, best first, with the search terms highlighted. */
export const HitList = ({ hits }: { hits: SearchHit[] }) => (
  <Static as="ul" className={`${rows.rows} ${styles.hits}`} walk="list">
    {hits.map((hit, index) => {
      const { picture, href, name, about } = shown(hit, loadOrderOf(index, FIRST_ROWS))
      return (
        <li key={`${hit.kind} ${hit.row.id}`}>
          <div>{picture}</div>
          <div>
            <a href={href} dir="auto">
              <HighlightedText text={name} ranges={hit.marked} />
            </a>
            {'disambiguation' in hit.row && hit.row.disambiguation && <span> ({hit.row.disambiguation})</span>}
            <p dir="auto">{about}</p>
          </div>
        </li>
      )
    })}
  </Static>
)

const marked = ({ text, marked }: MarkedText): ReactNode =>
  text && (
    <bdi>
      <HighlightedText text={text} ranges={marked} />
    </bdi>
  )

/** A text that is shown only if it contains a search term. */
const found = (text: MarkedText): ReactNode => text.marked.length > 0 && marked(text)

/** Like `facts`, for elements. */
const line = (...known: ReactNode[]): ReactNode =>
  Children.toArray(known.filter((fact) => fact !== '' && fact !== false)).flatMap((fact, index) =>
    index === 0 ? [fact] : ['\u00a0· ', fact],
  )

function shown(hit: SearchHit, load: LoadOrder | undefined) {
  switch (hit.kind) {
    case 'artist':
      return {
        picture: <Portrait of={hit.row} />,
        href: artistPath(hit.row),
        name: hit.row.name,
        about: facts('Artist', artistFacts(hit.row)),
      }
    case 'album':
      return {
        picture: <Cover of={hit.row} place="row" load={load} />,
        href: albumPath(hit.row),
        name: hit.row.title,
        about: line(
          kindNames[hit.row.kind],
          marked(hit.credit),
          date({ ...hit.row.date, month: null }),
          found(hit.label),
        ),
      }
    case 'song':
      return {
        picture: <Cover of={hit.row.album ?? hit.row} place="row" load={load} />,
        href: songPath(hit.row),
        name: hit.row.title,
        about: line(
          'Song',
          marked(hit.credit),
          marked(hit.album),
          found(hit.composer),
          hit.row.durationMs !== null && clock(hit.row.durationMs),
        ),
      }
    case 'playlist':
      return {
        picture: <Mosaic of={hit.row} covers={hit.row.covers} place="row" load={load} />,
        href: playlistPath(hit.row),
        name: hit.row.name,
        about: facts('Playlist', playlistFacts(hit.row)),
      }
    case 'genre':
      return {
        picture: null,
        href: genrePath(hit.row),
        name: hit.row.name,
        about: facts('Genre', count(hit.row.albumCount, 'album'), count(hit.row.songCount, 'song')),
      }
  }
}
