import type { Figure } from '@/bench/figures'
import type { CatalogueSite } from '@/bench/pages/servers/catalogue-site'
import { somePages, visit, warm } from './pages'

/** The pages that single writes invalidate. */

/** As many as of the catalogue on which this was first measured. */
const PAGES = 207

type Write = { name: string; run: (client: CatalogueSite['client']) => Promise<unknown> }

/** Each changes one of the entities that the pages show. */
const writes: Write[] = [
  {
    name: 'a cover',
    run: (client) =>
      client.query(
        `UPDATE album SET updated_at = now(), cover = repeat('0', 64) || ' 500 500 #808080 '
         WHERE id = (SELECT id FROM album ORDER BY popularity DESC, id DESC LIMIT 1)`,
      ),
  },
  {
    name: 'another name of an artist with 10 albums',
    run: (client) =>
      client.query(
        `UPDATE artist SET updated_at = now(), name = name || ' II'
         WHERE id = (SELECT id FROM artist WHERE album_count = 10 ORDER BY popularity DESC, id LIMIT 1)`,
      ),
  },
  {
    name: 'one more track',
    run: async (client) => {
      const { rows } = await client.query<{ disc: number; album: number; song: number }>(
        `SELECT disc.id AS disc, album_id AS album, (SELECT max(id) FROM song) AS song FROM disc ORDER BY id LIMIT 1`,
      )
      const { disc, album, song } = rows[0] ?? { disc: 0, album: 0, song: 0 }
      await client.query('BEGIN')
      await client.query(
        `INSERT INTO track (disc_id, position, number, title, song_id)
         SELECT $1, max(position) + 1, 'x', 'One more', $2 FROM track WHERE disc_id = $1`,
        [disc, song],
      )
      await client.query('UPDATE album SET track_count = track_count + 1, updated_at = now() WHERE id = $1', [album])
      await client.query('COMMIT')
    },
  },
  {
    name: 'an edit of a playlist',
    run: async (client) => {
      await client.query('BEGIN')
      await client.query(
        `UPDATE playlist_item SET song_id = (SELECT min(id) FROM song)
         WHERE playlist_id = (SELECT min(id) FROM playlist) AND position = 1`,
      )
      await client.query(
        'UPDATE playlist SET revision = revision + 1, updated_at = now() WHERE id = (SELECT min(id) FROM playlist)',
      )
      await client.query('COMMIT')
    },
  },
  {
    name: 'data of an album from a source',
    run: (client) =>
      client.query(
        `INSERT INTO enrichment (kind, entity_id, source, state, data, fetched_at, fresh_until)
         SELECT 'album', id, 'musicbrainz', 'fresh', '{}', now(), now() + interval '1 day'
         FROM album ORDER BY popularity DESC, id DESC LIMIT 1`,
      ),
  },
]

export async function measureWrites({ client, origin }: CatalogueSite, short: boolean): Promise<Figure[]> {
  const paths = await somePages(client, short ? 12 : PAGES)
  const figures: Figure[] = []
  for (const { name: write, run } of writes) {
    const before = await warm(origin, paths)
    await run(client)
    // Until the notification arrives, pages are served as they were.
    await settle(client, origin)
    let invalidated = 0
    for (const path of paths) if (!(await visit(origin, path)).isHit) invalidated += 1
    const after = await warm(origin, paths)
    const changed = paths.filter((path) => before.get(path) !== after.get(path)).length
    figures.push(
      { name: `of ${paths.length} cached pages, invalidated by ${write}`, unit: '', samples: [invalidated] },
      { name: `of ${paths.length} cached pages, changed by ${write}`, unit: '', samples: [changed] },
    )
  }
  return figures
}

/** Waits until an instance knows all changes: one that it must show is the last of them. */
export async function settle(client: CatalogueSite['client'], origin: string): Promise<void> {
  const path = '/genres'
  await warm(origin, [path])
  await client.query("SELECT note_changes(ARRAY['genres'])")
  for (let tries = 0; (await visit(origin, path)).isHit; tries += 1)
    if (tries > 10_000) throw new Error('The site does not notice changes')
}
