import { Note } from '@/components/ui/detail-body'
import type { AlbumView, CreditView, GenreLink, SongView } from '@/lib/catalogue/views'
import { roleNames } from './kinds'
import { AlbumOutside } from './outside'
import { artistPath, genrePath } from './paths'

/** What stands on the back of the sleeve of an album. */
export const AlbumNotes = ({ album }: { album: AlbumView }) => (
  <>
    <OtherCredits credits={album.credits} />
    <Genres genres={album.genres} />
    {album.label && <Note term="Label">{album.label}</Note>}
    <AlbumOutside album={album} />
  </>
)

export const SongNotes = ({ song }: { song: SongView }) => (
  <>
    {song.composer && <Note term="Composer">{song.composer}</Note>}
    <OtherCredits credits={song.credits} />
    <Genres genres={song.genres} />
  </>
)

/** Everybody who had another part in it than the artists, by what they did. */
const OtherCredits = ({ credits }: { credits: CreditView[] }) =>
  Object.entries(roleNames).map(([role, term]) => {
    const names = credits.filter((credit) => credit.role === role)
    return (
      names.length > 0 && (
        <Note key={role} term={term}>
          <Links
            links={names.map(({ artistId, artistName, name }) => ({
              name,
              href: artistPath({ id: artistId, name: artistName }),
            }))}
          />
        </Note>
      )
    )
  })

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
