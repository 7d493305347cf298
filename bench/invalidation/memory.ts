import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Figure } from '@/bench/figures'
import type { CatalogueSite } from '@/bench/pages/servers/catalogue-site'
import { recording } from '@/lib/cache/dependencies/recorder'
import { findAlbum, findAlbums } from '@/lib/catalogue/albums/read'
import { findArtist } from '@/lib/catalogue/artists/read'
import { findSong, findSongs } from '@/lib/catalogue/songs/read'
import { closePool } from '@/lib/db/pool'

/** The memory of the dependencies of cached pages. */

/** A date after all releases. */
const DAY = 99_991_231

/** Reads the data of pages, and measures the heap that their dependencies hold. */
export async function measureMemory({ databaseUrl, client }: CatalogueSite, short: boolean): Promise<Figure[]> {
  const count = short ? 5 : 500
  const idsOf = async (table: string) =>
    (
      await client.query<{ id: number }>(`SELECT id FROM ${table} ORDER BY hashint4extended(id, 1) LIMIT $1`, [count])
    ).rows.map(({ id }) => id)
  const [albums, artists, songs] = [await idsOf('album'), await idsOf('artist'), await idsOf('song')]
  process.env.DATABASE_URL = databaseUrl
  try {
    const reads: (() => Promise<unknown>)[] = [
      ...albums.map((id) => () => findAlbum(id, 1)),
      ...artists.map((id) => () => findArtist(id)),
      ...songs.map((id) => () => findSong(id)),
      ...albums.map((_, index) => () => findAlbums('newest', index + 1, DAY)),
      ...albums.map((_, index) => () => findSongs('title', index + 1, DAY)),
    ]
    const dependencies: unknown[] = new Array(reads.length)
    const before = heap()
    for (const [index, read] of reads.entries()) dependencies[index] = (await recording(read)).dependencies
    const bytes = (heap() - before) / dependencies.length
    return [
      {
        name: 'memory of the dependencies of a cached page, on average',
        unit: 'bytes',
        samples: [Math.max(0, bytes)],
        ...(!short && { target: ['≤', 400] as const }),
      },
    ]
  } finally {
    await closePool(AbortSignal.abort())
    delete process.env.DATABASE_URL
  }
}

function heap(): number {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect === 'function') for (let times = 0; times < 3; times += 1) collect()
  return process.memoryUsage().heapUsed
}
