import type { Figure } from '@/bench/figures'
import { generateLoad, type Load } from '@/bench/pages/load/load-generator'
import { ACCEPT_ENCODING } from '@/bench/pages/load/visit'
import { inTurns, ratios } from '@/bench/pages/measures/measure'
import { DEFAULT_CONCURRENCY, type Scale } from '@/bench/pages/scale'

const LIST = '/api/v1/albums?sort=popular'
const DETAIL = '/api/v1/albums/1'

/** The most frequent kinds of requests, compared with a bare route handler. */
export async function measureRequests(
  origin: string,
  limited: string,
  key: string,
  { rounds, seconds, warmSeconds }: Scale,
): Promise<Figure[]> {
  const tag = await tagOf(`${origin}${DETAIL}`)
  const load = (url: string, more: { headers?: Record<string, string>; status?: number } = {}) => {
    const ask = { url, connections: DEFAULT_CONCURRENCY, ...more }
    return { ask: () => generateLoad({ ...ask, seconds }), warm: () => generateLoad({ ...ask, seconds: warmSeconds }) }
  }
  // Uses up the limited site's one request.
  await fetch(`${limited}${DETAIL}`)
  const sides = {
    bare: load(`${origin}/robots.txt`),
    'a list, cached': load(`${origin}${LIST}`),
    'an entity, cached': load(`${origin}${DETAIL}`),
    'an entity, cached, with a key': load(`${origin}${DETAIL}`, { headers: { Authorization: `Bearer ${key}` } }),
    'an unchanged entity (304)': load(`${origin}${DETAIL}`, {
      headers: { 'If-None-Match': tag },
      status: 304,
    }),
    'over the limit (429)': load(`${limited}${DETAIL}`, { status: 429 }),
  }
  if (warmSeconds > 0) for (const { warm } of Object.values(sides)) await warm()
  const turns = Object.fromEntries(Object.entries(sides).map(([name, { ask }]) => [name, ask]))
  const { bare = [], ...kinds } = await inTurns<string, Load>(rounds, turns)
  const perSecond = (loads: Load[]) => loads.map((each) => each.perSecond)
  return [
    { name: 'a bare route handler', unit: '/s', samples: perSecond(bare) },
    { name: 'a bare route handler, p99', unit: 'ms', samples: bare.map(({ p99Ms }) => p99Ms) },
    ...Object.entries(kinds).flatMap(([name, loads]): Figure[] => [
      { name, unit: '/s', samples: perSecond(loads) },
      {
        name: `${name}, compared with a bare route handler`,
        unit: '×',
        samples: ratios(perSecond(loads), perSecond(bare)),
        target: ['≥', 0.7],
      },
      { name: `${name}, p99`, unit: 'ms', samples: loads.map(({ p99Ms }) => p99Ms), target: ['<', 25] },
    ]),
  ]
}

/** The entity tag of the response that the load generator gets. */
async function tagOf(url: string): Promise<string> {
  const response = await fetch(url, { headers: { 'accept-encoding': ACCEPT_ENCODING } })
  await response.arrayBuffer()
  const tag = response.headers.get('etag')
  if (response.status !== 200 || tag === null) throw new Error(`${url} has no tag: ${response.status}`)
  return tag
}
