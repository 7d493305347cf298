import { z } from 'zod'
import { albumKinds, artistKinds, creditRoles, entityKinds } from '@/lib/catalogue/kinds'

/**
 * The records that readers yield and that NDJSON files contain. They refer to each other by the source's keys. An absent
 * field leaves the catalogue's value; new things get its default (`complete-records.ts`). See `docs/imports.md`.
 */

/** PostgreSQL's text can't contain NUL, nor UTF-8 a lone surrogate. */
const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => value.isWellFormed() && !value.includes('\0'), 'must be valid Unicode without NUL')

const name = text(1_000).refine((value) => /\S/.test(value), 'must not be blank')
const key = z.union([z.int().nonnegative(), text(200).min(1)], 'must be a string or a whole number').transform(String)
const durationMs = z.int().min(0).max(2_147_483_647)
/** Above any real count, and low enough that the sum over a catalogue fits PostgreSQL's bigint. */
const count = z.int().min(0).max(100_000_000_000)

/** The position of each; the default is one more than the previous. */
export function positions(places: { position?: number | undefined }[]): number[] {
  let last = 0
  return places.map(({ position = last + 1 }) => {
    last = position
    return position
  })
}

function refuseRepeats(places: { position?: number | undefined }[], context: z.RefinementCtx) {
  const taken = new Set<number>()
  for (const [index, position] of positions(places).entries()) {
    if (taken.has(position))
      context.addIssue({
        code: 'custom',
        path: [index, 'position'],
        message: `must be unique, but ${position} is repeated`,
      })
    taken.add(position)
  }
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** "1997", "1997-05" or "1997-05-21". */
const partialDate = z.string().refine((value) => {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(value)?.map(Number) ?? []
  if (!year) return false
  if (month === undefined || Number.isNaN(month)) return true
  const days = DAYS[month - 1]
  if (days === undefined) return false
  if (day === undefined || Number.isNaN(day)) return true
  return day >= 1 && day <= (month === 2 && !isLeap(year) ? 28 : days)
}, 'must be a date such as "1997", "1997-05" or "1997-05-21"')

const externalIds = z.array(z.strictObject({ source: name, value: name })).optional()

const Credit = z.strictObject({
  artist: key,
  /** As printed, if it differs from the artist's name. */
  name: name.optional(),
  join: text(100).default(''),
  role: z.enum(creditRoles).default('artist'),
})

const Track = z.strictObject({
  /** From 1; the default is one more than the previous track. */
  position: z.int().min(1).max(1_000_000).optional(),
  /** As printed, if it differs from the position. */
  number: name.optional(),
  /** As printed, if it differs from the song's title. */
  title: name.optional(),
  /** If it differs from the song's. */
  durationMs: durationMs.nullable().optional(),
  song: key,
})

const Disc = z.strictObject({
  position: z.int().min(1).max(30_000).optional(),
  title: text(1_000).default(''),
  format: text(200).default(''),
  tracks: z.array(Track).superRefine(refuseRepeats).default([]),
})

const Item = z.union(
  [
    z.strictObject({ song: key }),
    z.strictObject({ title: name, artist: text(1_000).optional(), album: text(1_000).optional() }),
  ],
  'must have a song, or a title with an optional artist and album',
)

export const Header = z.strictObject({
  type: z.literal('catalogue'),
  version: z.literal(1),
  /** Files of one source use the same keys for the same things. */
  source: name,
})

/** The source of an export: the catalogue's uuid. */
export const EXPORT_SOURCE = /^syro:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

export const ArtistRecord = z.strictObject({
  type: z.literal('artist'),
  id: key,
  name,
  sortName: name.optional(),
  disambiguation: text(1_000).optional(),
  kind: z.enum(artistKinds).nullable().optional(),
  externalIds,
})

const GenreRecord = z.strictObject({ type: z.literal('genre'), name })

export const SongRecord = z.strictObject({
  type: z.literal('song'),
  id: key,
  title: name,
  disambiguation: text(1_000).optional(),
  durationMs: durationMs.nullable().optional(),
  composer: name.nullable().optional(),
  listens: count.optional(),
  credits: z.array(Credit).optional(),
  genres: z.array(name).optional(),
  externalIds,
})

export const AlbumRecord = z.strictObject({
  type: z.literal('album'),
  id: key,
  title: name,
  disambiguation: text(1_000).optional(),
  kind: z.enum(albumKinds).optional(),
  date: partialDate.nullable().optional(),
  label: name.nullable().optional(),
  credits: z.array(Credit).optional(),
  genres: z.array(name).optional(),
  discs: z.array(Disc).superRefine(refuseRepeats).optional(),
  externalIds,
})

export const PlaylistRecord = z.strictObject({
  type: z.literal('playlist'),
  id: key,
  name,
  description: text(10_000).optional(),
  revision: z.int().min(1).max(2_147_483_647).optional(),
  items: z.array(Item).optional(),
  externalIds,
})

/** An old id of this source, and the key of the thing it was merged into. */
const RedirectRecord = z.strictObject({
  type: z.literal('redirect'),
  entity: z.enum(entityKinds),
  from: z.int().min(1).max(2_147_483_647),
  to: key,
})

export const CatalogueRecord = z.discriminatedUnion(
  'type',
  [ArtistRecord, GenreRecord, SongRecord, AlbumRecord, PlaylistRecord, RedirectRecord],
  'must be "artist", "genre", "song", "album", "playlist" or "redirect"',
)

export type ArtistRecord = z.infer<typeof ArtistRecord>
export type SongRecord = z.infer<typeof SongRecord>
export type AlbumRecord = z.infer<typeof AlbumRecord>
export type PlaylistRecord = z.infer<typeof PlaylistRecord>
export type CatalogueRecord = z.infer<typeof CatalogueRecord>
