import type { Figure } from '@/bench/figures'
import { hammer } from '@/bench/pages/load/hammer'
import { CACHED, warm } from '@/bench/pages/measures/cached'
import { inTurns, ratios } from '@/bench/pages/measures/measure'
import { type Scale, USUAL } from '@/bench/pages/scale'
import { forgetAll, type Served } from '@/bench/pages/servers/catalogue'

/** What covers cost a cached page that shows as many as a list has rows. */

/** Every album gets one of those that there are. */
const WITH = `
  UPDATE album SET cover = made.cover
  FROM (SELECT cover, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS of FROM album WHERE cover IS NOT NULL) AS made
  WHERE album.id % made.of = made.place`
const KEEP = 'CREATE TABLE kept_cover AS SELECT id, cover FROM album'
const WITHOUT = 'UPDATE album SET cover = NULL'
const AGAIN = 'UPDATE album SET cover = kept_cover.cover FROM kept_cover WHERE kept_cover.id = album.id'

/** @param served a site of which some albums have covers. All have, afterwards. */
export async function measureCoversOnPages(served: Served, { rounds, seconds, warmSeconds }: Scale): Promise<Figure[]> {
  const { client, origin } = served
  await client.query(WITH)
  await client.query(KEEP)
  const bytes = { with: 0, without: 0 }
  const ask = async (side: keyof typeof bytes) => {
    await client.query(side === 'with' ? AGAIN : WITHOUT)
    await forgetAll(served)
    bytes[side] = await warm(origin, 'cache-status', /; hit/)
    const load = (of: number) => hammer({ url: origin + CACHED, connections: USUAL, seconds: of })
    if (warmSeconds > 0) await load(warmSeconds)
    return (await load(seconds)).perSecond
  }
  const found = await inTurns(rounds, { without: () => ask('without'), with: () => ask('with') })
  await client.query(AGAIN)
  await client.query('DROP TABLE kept_cover')
  const page = 'cached page of 25 albums'
  return [
    { what: `${page}, bytes without covers`, unit: 'bytes', samples: [bytes.without] },
    { what: `${page}, bytes with covers`, unit: 'bytes', samples: [bytes.with], target: ['≤', 15_000] },
    { what: `${page}, without covers`, unit: '/s', samples: found.without },
    { what: `${page}, with covers`, unit: '/s', samples: found.with },
    {
      what: `${page}, with covers against without`,
      unit: '×',
      samples: ratios(found.with, found.without),
      target: ['≥', 0.9],
    },
  ]
}
