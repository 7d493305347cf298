import type * as stored from '@/lib/db/generated/enums'

/** The kinds of entities, of artists and of albums, and the roles of credits. Everything else takes them from here. */

/** The entities that imports write and that can be deleted or merged. */
export const entityKinds = ['artist', 'album', 'song', 'playlist'] as const
export type EntityKind = (typeof entityKinds)[number]

/** The entities that outside sources describe. */
export const enrichedKinds = ['artist', 'album'] as const
export type EnrichedKind = (typeof enrichedKinds)[number]

export const artistKinds = ['person', 'group', 'orchestra', 'choir', 'character', 'other'] as const
export type ArtistKind = (typeof artistKinds)[number]

/** In the order of a discography. */
export const albumKinds = ['album', 'ep', 'single', 'live', 'compilation', 'soundtrack', 'other'] as const
export type AlbumKind = (typeof albumKinds)[number]

/** The roles that make an album or a song an artist's own, and that a credit line names. */
export const mainRoles = ['artist', 'featured'] as const

/** The other roles, in the order of pages. */
export const otherRoles = ['composer', 'lyricist', 'producer', 'remixer', 'performer', 'conductor', 'other'] as const
export type OtherRole = (typeof otherRoles)[number]

export const creditRoles = [...mainRoles, ...otherRoles] as const
export type CreditRole = (typeof creditRoles)[number]

export const isMainRole = (role: CreditRole): boolean => mainRoles.some((each) => each === role)

/** The SQL condition that a credit has a main role. */
export const HAS_MAIN_ROLE = `role IN (${mainRoles.map((role) => `'${role}'`).join(', ')})`

/** Fails to compile if the lists differ from the enums of the database. */
type Same<One, Other> = [One, Other] extends [Other, One] ? true : never
true satisfies Same<EntityKind, stored.DeletedKind> &
  Same<EnrichedKind, stored.EnrichedKind> &
  Same<ArtistKind, stored.ArtistKind> &
  Same<AlbumKind, stored.AlbumKind> &
  Same<CreditRole, stored.CreditRole>
