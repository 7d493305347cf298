import type { AlbumKind, CreditRole, OtherRole } from '@/lib/catalogue/kinds'

/** Labels of album kinds and credit roles. */

export const kindNames: Record<AlbumKind, string> = {
  album: 'Album',
  ep: 'EP',
  single: 'Single',
  live: 'Live album',
  compilation: 'Compilation',
  soundtrack: 'Soundtrack',
  other: 'Release',
}

/** Headings of the parts of a discography. */
export const kindHeadings: Record<AlbumKind, string> = {
  album: 'Albums',
  ep: 'EPs',
  single: 'Singles',
  live: 'Live albums',
  compilation: 'Compilations',
  soundtrack: 'Soundtracks',
  other: 'Other releases',
}

/** The name of each credit role. */
export const roleTitles: Record<CreditRole, string> = {
  artist: 'Artist',
  featured: 'Featured artist',
  composer: 'Composer',
  lyricist: 'Lyricist',
  producer: 'Producer',
  remixer: 'Remixer',
  performer: 'Performer',
  conductor: 'Conductor',
  other: 'Other contributor',
}

/** "as composer": follows a noun. */
export const asRole = (role: OtherRole): string =>
  role === 'other' ? 'in other roles' : `as ${roleTitles[role].toLowerCase()}`

/** Labels before the names of a role. */
export const roleNames: Record<OtherRole, string> = {
  composer: 'Composed by',
  lyricist: 'Lyrics by',
  producer: 'Produced by',
  remixer: 'Remixed by',
  performer: 'Performed by',
  conductor: 'Conducted by',
  other: 'With',
}
