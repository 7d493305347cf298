import type { Figure } from '@/bench/figures'
import { hammer } from '@/bench/pages/load/hammer'
import { CACHED, warm } from '@/bench/pages/measures/cached'
import { inTurns, ratios } from '@/bench/pages/measures/measure'
import { type Scale, USUAL, WARM_TIMES } from '@/bench/pages/scale'
import { forgetAll, type Served } from '@/bench/pages/servers/catalogue'
import { undisturbed } from '@/bench/stolen'

/**
 * The cost of covers on a cached list page. Two pages of a list are cached at once, one with covers and one without, so that
 * they are measured in short turns; then they swap, because no two pages are alike.
 */
const PAGES = [CACHED, `${CACHED}?page=2`] as const

const KEEP = `
  CREATE TEMPORARY TABLE made AS
  SELECT cover, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS of FROM album WHERE cover IS NOT NULL`
/** Gives the covers to these albums in turn; by default to all. */
const GIVE = `
  UPDATE album SET cover = made.cover FROM made
  WHERE album.id % made.of = made.place AND ($1::int[] IS NULL OR album.id = ANY ($1))`
const TAKE = 'UPDATE album SET cover = NULL WHERE id = ANY ($1)'

/** Repetitions, because the effect is small compared with a machine's drift. */
const TURNS_A_SECOND = 3

/** The albums that a page lists. */
async function listed(url: string): Promise<number[]> {
  const html = await (await fetch(url)).text()
  const ids = new Set(Array.from(html.matchAll(/href="\/albums\/(?:[^"/]*-)?(\d+)"/g), ([, id]) => Number(id)))
  if (ids.size === 0) throw new Error(`${url} lists no album`)
  return [...ids]
}

/** @param served a site; afterwards all its albums have covers. */
export async function measureCoversOnPages(served: Served, { rounds, seconds, warmSeconds }: Scale): Promise<Figure[]> {
  const { client, origin } = served
  await client.query(KEEP)
  await client.query(GIVE, [null])
  const perSecond: Record<'with' | 'without', number[]> = { with: [], without: [] }
  const bytes: typeof perSecond = { with: [], without: [] }
  const ask = async (url: string, of: number) =>
    (await undisturbed(() => hammer({ url, connections: USUAL, seconds: of }))).perSecond
  for (const page of PAGES) {
    const sides = { with: origin + PAGES.find((other) => other !== page), without: origin + page }
    const albums = await listed(sides.without)
    await client.query(TAKE, [albums])
    await forgetAll(served)
    for (const side of ['with', 'without'] as const) bytes[side].push(await warm(sides[side], 'cache-status', /; hit/))
    for (let time = 0; time < WARM_TIMES && warmSeconds > 0; time++)
      for (const url of Object.values(sides)) await ask(url, warmSeconds)
    const found = await inTurns(rounds * seconds * TURNS_A_SECOND, {
      without: () => ask(sides.without, 1),
      with: () => ask(sides.with, 1),
    })
    perSecond.with.push(...found.with)
    perSecond.without.push(...found.without)
    await client.query(GIVE, [albums])
  }
  await client.query('DROP TABLE made')
  await forgetAll(served)
  const page = 'cached page of 25 albums'
  return [
    { what: `${page}, bytes without covers`, unit: 'bytes', samples: bytes.without },
    { what: `${page}, bytes with covers`, unit: 'bytes', samples: bytes.with, target: ['≤', 15_000] },
    { what: `${page}, without covers`, unit: '/s', samples: perSecond.without },
    { what: `${page}, with covers`, unit: '/s', samples: perSecond.with },
    {
      what: `${page}, with covers against without`,
      unit: '×',
      samples: ratios(perSecond.with, perSecond.without),
      target: ['≥', 0.9],
    },
  ]
}
