import { ISRC, MUSICBRAINZ } from '@/lib/catalogue/external-ids'
import { run, type Session } from './session'

/** Columns of the staging tables with keys of the source. */
const columns = {
  in_artist: ['key'],
  in_album: ['key'],
  in_song: ['key'],
  in_playlist: ['key'],
  in_album_credit: ['artist'],
  in_song_credit: ['artist'],
  in_track: ['song'],
  in_playlist_item: ['song'],
  in_place: ['album', 'song'],
  in_entry: ['playlist', 'song'],
  in_redirect: ['key'],
}

/** SQL for the spellings in `lib/catalogue/external-ids.ts`, for sources whose ids have several. */
const stored: Record<string, (column: string) => { is: string; value: string }> = {
  [MUSICBRAINZ]: (column) => ({
    is: `${column} ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'`,
    value: `lower(${column})`,
  }),
  [ISRC]: (column) => ({
    is: `upper(replace(${column}, '-', '')) ~ '^[A-Z]{2}[A-Z0-9]{3}[0-9]{7}$'`,
    value: `upper(replace(${column}, '-', ''))`,
  }),
}

/** Converts keys that are MBIDs or ISRCs to their stored spelling, so that they match known things. */
export async function foldKeys(session: Session): Promise<void> {
  const spelling = stored[session.source]
  if (!spelling) return
  for (const [table, names] of Object.entries(columns))
    for (const name of names) {
      const { is, value } = spelling(name)
      await run(session, `UPDATE ${table} SET ${name} = ${value} WHERE ${is} AND ${name} <> ${value}`)
    }
}
