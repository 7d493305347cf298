import type { Figure } from '@/bench/figures'
import { hammer } from '@/bench/pages/load/hammer'
import { ACCEPT_ENCODING } from '@/bench/pages/load/visit'
import { CONCURRENCIES, USUAL } from '@/bench/pages/scale'
import { startBare } from '@/bench/pages/servers/bare'
import { startPlain } from '@/bench/pages/servers/plain'
import { undisturbed } from '@/bench/stolen'
import { Lifetime } from '@/lib/lifetime'
import { inTurns, type Measure, ratios } from './measure'

/** The requested page: a list of covers, as at the start of a visit. */
export const CACHED = '/albums'

/** Requests the page until it is cached. @returns the size of its body as sent. */
export async function warm(url: string, header: string, hit: RegExp): Promise<number> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const response = await fetch(url, { headers: { 'accept-encoding': ACCEPT_ENCODING } })
    await response.arrayBuffer()
    if (hit.test(response.headers.get(header) ?? '')) return Number(response.headers.get('content-length'))
  }
  throw new Error(`${url} is not kept`)
}

/** A cached page compared with a bare node:http server and plain `next start`. */
export const measureCached: Measure = async ({ scale: { rounds, seconds, warmSeconds }, server, large }, lifetime) => {
  const others = new Lifetime()
  lifetime.onEnd(() => (others.isEnding ? Promise.resolve() : others.close()))
  const site = large.origin
  const bytes = await warm(site + CACHED, 'cache-status', /; hit/)
  const bare = await startBare(bytes, others)
  const plain = await startPlain(server.directory, large.databaseUrl, others)
  await warm(plain + CACHED, 'x-nextjs-cache', /^HIT$/)

  const figures: Figure[] = []
  for (const connections of CONCURRENCIES) {
    const ask = (origin: string) => hammer({ url: `${origin}${CACHED}`, connections, seconds })
    if (warmSeconds > 0)
      for (const origin of [site, bare, plain])
        await hammer({ url: `${origin}${CACHED}`, connections, seconds: warmSeconds })
    const side = (origin: string) => () => undisturbed(() => ask(origin))
    const found = await inTurns(rounds, { site: side(site), bare: side(bare), plain: side(plain) })
    const perSecond = (side: keyof typeof found) => found[side].map((load) => load.perSecond)
    const p99 = found.site.map((load) => load.p99Ms)
    const at = `at concurrency ${connections}`
    figures.push(
      { what: `cached page, ${at}`, unit: '/s', samples: perSecond('site') },
      { what: `bare node:http, ${at}`, unit: '/s', samples: perSecond('bare') },
      { what: `plain next start, ${at}`, unit: '/s', samples: perSecond('plain') },
      {
        what: `cached page against plain next start, ${at}`,
        unit: '×',
        samples: ratios(perSecond('site'), perSecond('plain')),
        target: ['≥', 15],
      },
      {
        what: `cached page against bare node:http, ${at}`,
        unit: '×',
        samples: ratios(perSecond('site'), perSecond('bare')),
        target: ['≥', 0.8],
      },
      {
        what: `cached page, p99 ${at}`,
        unit: 'ms',
        samples: p99,
        ...(connections === USUAL && { target: ['<', 5] as const }),
      },
    )
  }
  await others.close()
  return [{ what: 'cached page, bytes of its body as sent', unit: 'bytes', samples: [bytes] }, ...figures]
}
