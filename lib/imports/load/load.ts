import type { ClientBase } from 'pg'
import { noteEverything, resumeNotes } from '@/lib/cache/changes/note'
import { type ChangeQueries, noteChanges } from '@/lib/catalogue/change-log'
import { refreshFigures } from '@/lib/catalogue/figures/refresh'
import { FIGURES_VERSION } from '@/lib/catalogue/figures/version'
import { rebuildAnchors } from '@/lib/catalogue/lists/anchors'
import { beginLargeWrite } from '@/lib/catalogue/rebuild'
import { EXPORT_SOURCE } from '@/lib/imports/records'
import type { ImportResult } from '@/lib/imports/runs/write'
import { collectAfter, collectBefore, dateSongs, touched } from './affected'
import { findChanges } from './changes'
import { check } from './check'
import { computeFigures } from './figures'
import { foldKeys } from './fold-keys'
import { resumeForeignKeys, suspendForeignKeys } from './foreign-keys'
import { resumeIndexes, suspendIndexes } from './indexes'
import { resolve } from './resolve'
import { type Entity, entities, type Lineage, run, type Session, type Step } from './session'
import { writeSteps } from './write'

type Settings = {
  source: string
  skipInvalid: boolean
  /** Called when a step begins, with its share of the run as a range from 0 to 1. */
  onStep: (what: string, from: number, to: number) => void
  /** The fraction of the run before loading. */
  from: number
}

const prepareSteps: Step[] = [
  { what: 'Checking names', share: 0, run: foldKeys },
  { what: 'Checking names', share: 4, run: check },
  { what: 'Matching', share: 7, run: resolve },
  { what: 'Comparing', share: 1, run: findChanges },
  { what: 'Counting', share: 13, run: computeFigures },
  { what: 'Comparing', share: 1, run: collectBefore },
]
const refreshSteps: Step[] = [
  { what: 'Refreshing figures', share: 0, run: collectAfter },
  { what: 'Refreshing figures', share: 1, run: (session) => refreshFigures(session.client, touched) },
  { what: 'Refreshing figures', share: 0, run: dateSongs },
]

/** Loads the staged rows in one transaction, which the caller commits or rolls back. */
export async function load(client: ClientBase, { source, skipInvalid, onStep, from }: Settings): Promise<ImportResult> {
  await suspendIndexes(client)
  await beginLargeWrite(client)
  // The planner needs only the size of staging tables.
  await client.query('SET LOCAL default_statistics_target = 10')
  const session: Session = {
    client,
    source,
    lineage: await findLineage(client, source),
    skipInvalid,
    isShared: await hasSharedRows(client),
  }
  const genresBefore = await countGenres(session)
  let isLarge = false
  let foreignKeys: Awaited<ReturnType<typeof suspendForeignKeys>> = []
  const steps: Step[] = [
    ...prepareSteps,
    {
      what: 'Preparing to write',
      share: 0,
      run: async () => {
        foreignKeys = await suspendForeignKeys(session)
        isLarge = await isLargeChange(session)
        if (isLarge) await noteEverything(client)
      },
    },
    ...writeSteps,
    { what: 'Building indexes', share: 10, run: () => resumeIndexes(client) },
    { what: 'Checking references', share: 4, run: () => resumeForeignKeys(session, foreignKeys) },
    ...refreshSteps,
  ]
  const whole = steps.reduce((sum, { share }) => sum + share, 0)
  let done = 0
  for (const { what, share, run } of steps) {
    const at = (part: number) => from + ((1 - from) * part) / whole
    onStep(what, at(done), at(done + share))
    await run(session)
    done += share
  }
  const result = await summarise(session, genresBefore)
  const changed = Object.values(result).some((counts) => Object.values(counts).some((count) => count > 0))
  if (changed) {
    await rebuildAnchors(client)
    await noteChanges(client, searched)
  }
  await addToTotals(session, result)
  if (isLarge) await resumeNotes(client)
  return result
}

/** More entities than this are a change of everything: naming them costs more than reading all cached data again. */
const MAX_NAMED = 5_000

async function isLargeChange(session: Session): Promise<boolean> {
  const written = entities.flatMap((entity) => [
    `(SELECT count(*) FROM new_${entity} WHERE created)`,
    `(SELECT count(*) FROM changed_${entity})`,
  ])
  const { rows } = await run<{ isLarge: boolean }>(session, `SELECT ${written.join(' + ')} > ${MAX_NAMED} AS "isLarge"`)
  return rows[0]?.isLarge ?? false
}

/** Ids that search must reindex after an import. */
const idsOf = (entity: Entity): string[] => [
  `SELECT id FROM new_${entity} WHERE created`,
  `SELECT id FROM changed_${entity}`,
  `SELECT id FROM touched_${entity}`,
]
const searched: ChangeQueries = {
  artist: idsOf('artist'),
  album: idsOf('album'),
  song: idsOf('song'),
  playlist: idsOf('playlist'),
  genre: ['SELECT id FROM genre'],
}

/**
 * An export's keys are ids. They are this catalogue's ids if the export is its own, or if this catalogue is empty: then it
 * takes over the export's uuid.
 */
async function findLineage(client: ClientBase, source: string): Promise<Lineage> {
  const uuid = EXPORT_SOURCE.exec(source)?.[1]
  if (uuid === undefined) return 'foreign'
  const { rowCount } = await client.query(
    `UPDATE catalogue SET uuid = $1
     WHERE uuid = $1 OR NOT EXISTS (
       SELECT FROM artist UNION ALL SELECT FROM album UNION ALL SELECT FROM song UNION ALL SELECT FROM playlist
       UNION ALL SELECT FROM genre)`,
    [uuid],
  )
  return rowCount ? 'own' : 'foreign'
}

async function hasSharedRows(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ any: boolean }>('SELECT EXISTS (SELECT FROM in_song WHERE shared) AS any')
  return rows[0]?.any ?? false
}

async function countGenres(session: Session): Promise<number> {
  const { rows } = await run<{ count: number }>(session, 'SELECT count(*)::int AS count FROM genre')
  return rows[0]?.count ?? 0
}

async function summarise(session: Session, genresBefore: number): Promise<ImportResult> {
  const count = async (entity: Entity) => {
    const { rows } = await run<{ created: number; updated: number }>(
      session,
      `SELECT (SELECT count(*)::int FROM new_${entity} WHERE created) AS created,
         (SELECT count(*)::int FROM changed_${entity}) AS updated`,
    )
    return rows[0] ?? { created: 0, updated: 0 }
  }
  return {
    artists: await count('artist'),
    genres: { created: (await countGenres(session)) - genresBefore },
    songs: await count('song'),
    albums: await count('album'),
    playlists: await count('playlist'),
  }
}

/** Adds to the totals instead of counting again, so that a small import into a large catalogue stays fast. */
const addToTotals = (session: Session, { artists, albums, songs, genres, playlists }: ImportResult) =>
  session.client.query(
    `UPDATE catalogue SET artist_count = artist_count + $1, album_count = album_count + $2, song_count = song_count + $3,
       genre_count = genre_count + $4, playlist_count = playlist_count + $5,
       playlist_item_count = (SELECT coalesce(sum(item_count), 0) FROM playlist),
       -- In a catalogue that was empty, all figures have this version.
       figures_version = CASE artist_count + album_count + song_count + playlist_count WHEN 0 THEN $6 ELSE figures_version END`,
    [artists.created, albums.created, songs.created, genres.created, playlists.created, FIGURES_VERSION],
  )
