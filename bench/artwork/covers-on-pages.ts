import type { Figure } from '@/bench/figures'
import { generateLoad } from '@/bench/pages/load/load-generator'
import { CACHED_PAGE, warm } from '@/bench/pages/measures/cached-page'
import { inTurns, ratios } from '@/bench/pages/measures/measure'
import { DEFAULT_CONCURRENCY, type Scale, turnsOf, WARM_TIMES } from '@/bench/pages/scale'
import { type CatalogueSite, dropCaches } from '@/bench/pages/servers/catalogue-site'
import { withLittleSteal } from '@/bench/steal-time'

/**
 * The cost of covers on a cached list page. Two pages of a list are cached at once, one with covers and one without, so that
 * they are measured in short turns; then they swap, because no two pages are alike.
 */
const PAGES = [CACHED_PAGE, `${CACHED_PAGE}?page=2`] as const

const COPY_COVERS = `
  CREATE TEMPORARY TABLE saved_cover AS
  SELECT cover, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS of FROM album WHERE cover IS NOT NULL`
/** Gives the covers to these albums in turn; by default to all. */
const ADD_COVERS = `
  UPDATE album SET cover = saved_cover.cover FROM saved_cover
  WHERE album.id % saved_cover.of = saved_cover.place AND ($1::int[] IS NULL OR album.id = ANY ($1))`
const REMOVE_COVERS = 'UPDATE album SET cover = NULL WHERE id = ANY ($1)'

/** Repetitions, because the effect is small compared with a machine's drift. */
const TURNS_A_SECOND = 3

/** The albums that a page lists. */
async function albumsOn(url: string): Promise<number[]> {
  const html = await (await fetch(url)).text()
  const ids = new Set(Array.from(html.matchAll(/href="\/albums\/(?:[^"/]*-)?(\d+)"/g), ([, id]) => Number(id)))
  if (ids.size === 0) throw new Error(`${url} lists no album`)
  return [...ids]
}

/** @param served a site; afterwards all its albums have covers. */
export async function measureCoversOnPages(served: CatalogueSite, scale: Scale): Promise<Figure[]> {
  const { client, origin } = served
  const { turns, seconds } = turnsOf(scale, TURNS_A_SECOND)
  await client.query(COPY_COVERS)
  await client.query(ADD_COVERS, [null])
  const perSecond: Record<'with' | 'without', number[]> = { with: [], without: [] }
  const bytes: typeof perSecond = { with: [], without: [] }
  const load = async (url: string, of: number) =>
    (await withLittleSteal(() => generateLoad({ url, connections: DEFAULT_CONCURRENCY, seconds: of }))).perSecond
  for (const page of PAGES) {
    const sides = { with: origin + PAGES.find((other) => other !== page), without: origin + page }
    const albums = await albumsOn(sides.without)
    await client.query(REMOVE_COVERS, [albums])
    await dropCaches(served)
    for (const side of ['with', 'without'] as const) bytes[side].push(await warm(sides[side], 'cache-status', /; hit/))
    for (let time = 0; time < WARM_TIMES && scale.warmSeconds > 0; time++)
      for (const url of Object.values(sides)) await load(url, scale.warmSeconds)
    const samples = await inTurns(turns, {
      without: () => load(sides.without, seconds),
      with: () => load(sides.with, seconds),
    })
    perSecond.with.push(...samples.with)
    perSecond.without.push(...samples.without)
    await client.query(ADD_COVERS, [albums])
  }
  await client.query('DROP TABLE saved_cover')
  await dropCaches(served)
  const page = 'cached page of 25 albums'
  return [
    { name: `${page}, bytes without covers`, unit: 'bytes', samples: bytes.without },
    { name: `${page}, bytes with covers`, unit: 'bytes', samples: bytes.with, target: ['≤', 15_000] },
    { name: `${page}, without covers`, unit: '/s', samples: perSecond.without },
    { name: `${page}, with covers`, unit: '/s', samples: perSecond.with },
    {
      name: `${page}, with covers compared with none`,
      unit: '×',
      samples: ratios(perSecond.with, perSecond.without),
      target: ['≥', 0.9],
    },
  ]
}
