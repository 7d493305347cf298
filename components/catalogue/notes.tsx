import { Note } from '@/components/ui/detail-body'
import { number } from '@/components/ui/text'
import { DETAIL_CREDITS } from '@/lib/catalogue/lists/sorts'
import type { AlbumView, CreditView, GenreLink, SongView } from '@/lib/catalogue/views'
import { AlbumEnrichmentNotes } from './enrichment'
import { roleNames } from './kinds'
import { albumCreditsPath, artistPath, genrePath, songCreditsPath } from './paths'

/** Names shown for each role. The credits page has all of them. */
const SHOWN_NAMES = 12

export const AlbumNotes = ({ album }: { album: AlbumView }) => (
  <>
    <OtherCredits credits={album.credits} all={albumCreditsPath(album)} />
    <Genres genres={album.genres} />
    {album.label && <Note term="Label">{album.label}</Note>}
    <AlbumEnrichmentNotes album={album} />
  </>
)

export const SongNotes = ({ song }: { song: SongView }) => (
  <>
    {song.composer && <Note term="Composer">{song.composer}</Note>}
    <OtherCredits credits={song.credits} all={songCreditsPath(song)} />
    <Genres genres={song.genres} />
  </>
)

/** The credits other than the artists, by role. */
const OtherCredits = ({ credits, all }: { credits: CreditView[]; all: string }) =>
  Object.entries(roleNames).map(([role, term]) => {
    const names = credits.filter((credit) => credit.role === role)
    return (
      names.length > 0 && (
        <Note key={role} term={term}>
          <Links
            links={names.slice(0, SHOWN_NAMES).map(({ artistId, artistName, name }) => ({
              name,
              href: artistPath({ id: artistId, name: artistName }),
            }))}
          />
          {names.length > SHOWN_NAMES && (
            <>
              {' '}
              <a href={all}>{`and ${moreNames(names.length - SHOWN_NAMES, credits.length)}`}</a>
            </>
          )}
        </Note>
      )
    )
  })

/** If only a part of a long credit was read, the number of further names is unknown. */
const moreNames = (more: number, read: number): string => (read < DETAIL_CREDITS ? `${number(more)} more` : 'more')

const Genres = ({ genres }: { genres: GenreLink[] }) =>
  genres.length > 0 && (
    <Note term={genres.length > 1 ? 'Genres' : 'Genre'}>
      <Links links={genres.map((genre) => ({ name: genre.name, href: genrePath(genre) }))} />
    </Note>
  )

const Links = ({ links }: { links: { name: string; href: string }[] }) =>
  links.map(({ name, href }, index) => (
    <span key={href}>
      {index > 0 && ', '}
      <a href={href}>
        <bdi>{name}</bdi>
      </a>
    </span>
  ))
