import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Figure } from '@/bench/figures'
import { type CatalogueSite, dropCaches } from '@/bench/pages/servers/catalogue-site'
import { root } from '@/lib/server/testing'
import { runSyroProcess } from '@/lib/syro-process'
import { somePages, visit, warm } from './pages'
import { settle } from './writes'

/**
 * An import that changes 1,000 albums of many: the pages that it invalidates, and that all others are still right.
 * @param directory for its file.
 */
export async function measureImport(
  { client, origin, databaseUrl }: CatalogueSite,
  directory: string,
  short: boolean,
): Promise<Figure[]> {
  const paths = await somePages(client, short ? 12 : 1_000)
  await warm(origin, paths)
  // Under the keys of their first import, so that absent fields stay.
  const { rows } = await client.query<{ key: string; title: string; source: string }>(
    `SELECT value AS key, title, source FROM album JOIN album_external_id AS known ON known.album_id = album.id
     WHERE source = (SELECT min(source) FROM album_external_id) ORDER BY hashint4extended(album.id, 3) LIMIT $1`,
    [short ? 3 : 1_000],
  )
  const file = path.join(directory, 'changed.ndjson')
  const lines = [
    { type: 'catalogue', version: 1, source: rows[0]?.source },
    ...rows.map(({ key, title }) => ({ type: 'album', id: key, title: `${title} (new)` })),
  ]
  await writeFile(file, lines.map((line) => JSON.stringify(line)).join('\n'))
  process.env.DATABASE_URL = databaseUrl
  try {
    await runSyroProcess(root, ['import', 'ndjson', file], new AbortController().signal)
  } finally {
    delete process.env.DATABASE_URL
  }
  await settle(client, origin)
  let invalidated = 0
  const cached = new Map<string, string>()
  for (const each of paths) {
    const { isHit, body } = await visit(origin, each)
    if (isHit) cached.set(each, body)
    else invalidated += 1
  }
  await dropCaches({ client, origin })
  const fresh = await warm(origin, [...cached.keys()])
  const wrong = [...cached].filter(([each, body]) => fresh.get(each) !== body)
  return [
    {
      name: `of ${paths.length} cached pages, invalidated by an import of ${rows.length} albums`,
      unit: '',
      samples: [invalidated],
    },
    {
      name: `of ${cached.size} pages still cached after it, different from a fresh rendering`,
      unit: '',
      samples: [wrong.length],
      target: ['≤', 0],
    },
  ]
}
