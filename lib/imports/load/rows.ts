import type { ClientBase } from 'pg'
import type { RowCounts, RowNotes } from '@/lib/imports/runs/rows'

/**
 * Counts the results of rows. Each row counts once, for its song in formats with one track per row, else for its record.
 * It also counts as updated if it changed its artists, its album or its place.
 */

/** Rows of each kind in a run's notes. */
const MAX_NOTES = 100

/** @throws Error if the counts don't add up: no row may be lost silently. */
export async function countRows(client: ClientBase, read: number): Promise<RowCounts> {
  const { rows } = await client.query<Omit<RowCounts, 'read'>>(
    `WITH subject AS (
       SELECT created, changed.id IS NOT NULL AS updated
       FROM new_artist JOIN in_artist USING (n) LEFT JOIN changed_artist AS changed USING (id) WHERE NOT shared
       UNION ALL
       SELECT created, changed.id IS NOT NULL
       FROM new_album JOIN in_album USING (n) LEFT JOIN changed_album AS changed USING (id) WHERE NOT shared
       UNION ALL
       SELECT created, changed.id IS NOT NULL FROM new_playlist LEFT JOIN changed_playlist AS changed USING (id)
       UNION ALL
       SELECT created, changed.id IS NOT NULL
       FROM in_entry JOIN new_playlist ON new_playlist.key = playlist LEFT JOIN changed_playlist AS changed USING (id)
       UNION ALL
       SELECT true, false FROM new_song WHERE created
       UNION ALL
       SELECT false, changed.id IS NOT NULL OR amended.line IS NOT NULL
       FROM new_song JOIN in_song USING (n) LEFT JOIN changed_song AS changed USING (id)
       LEFT JOIN (SELECT DISTINCT file, line FROM amended_row) AS amended USING (file, line) WHERE NOT created
       UNION ALL
       SELECT created, false FROM genre_row
       UNION ALL
       SELECT created, updated FROM redirect_row)
     SELECT count(*) FILTER (WHERE created)::int AS created,
       count(*) FILTER (WHERE NOT created AND updated)::int AS updated,
       count(*) FILTER (WHERE NOT created AND NOT updated)::int AS unchanged,
       (SELECT count(*)::int FROM in_merged WHERE ${isAccepted}) AS merged,
       (SELECT count(*)::int FROM (SELECT DISTINCT file, line FROM in_fault) AS fault) AS rejected
     FROM subject`,
  )
  const counts = { read, ...(rows[0] ?? { created: 0, updated: 0, unchanged: 0, merged: 0, rejected: 0 }) }
  const { created, updated, unchanged, merged, rejected } = counts
  const known = created + updated + unchanged + merged + rejected
  if (known !== read) throw new Error(`${known} of ${read} rows are accounted for. This is a bug in SyroMusic.`)
  return counts
}

type RowPosition = { file: number; line: number }

const isAccepted =
  'NOT EXISTS (SELECT FROM in_fault AS fault WHERE fault.file = in_merged.file AND fault.line = in_merged.line)'

/** The first merged rows with their target, and the first rejected rows with the reason. */
export async function noteRows(client: ClientBase, files: string[]): Promise<RowNotes> {
  const merged = await client.query<RowPosition & { intoFile: number; intoLine: number; title: string }>(
    `SELECT in_merged.file, in_merged.line, into_file AS "intoFile", into_line AS "intoLine", title
     FROM in_merged JOIN in_song AS song ON song.file = into_file AND song.line = into_line
     WHERE ${isAccepted} ORDER BY in_merged.file, in_merged.line LIMIT ${MAX_NOTES}`,
  )
  const rejected = await client.query<RowPosition & { note: string }>(
    `SELECT DISTINCT ON (file, line) file, line, field || ' ' || expected AS note
     FROM in_fault ORDER BY file, line LIMIT ${MAX_NOTES}`,
  )
  const name = (file: number) => files[file] ?? ''
  return {
    merged: merged.rows.map(({ file, line, intoFile, intoLine, title }) => {
      const place = intoFile === file ? `line ${intoLine}` : `${name(intoFile)}, line ${intoLine}`
      return { file: name(file), line, note: `is the same song as ${place}: "${title}"` }
    }),
    rejected: rejected.rows.map(({ file, line, note }) => ({ file: name(file), line, note })),
  }
}
