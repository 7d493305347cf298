import type { Figure } from '@/bench/figures'
import { generateLoad } from '@/bench/pages/load/load-generator'
import { ACCEPT_ENCODING } from '@/bench/pages/load/visit'
import { CONCURRENCIES, DEFAULT_CONCURRENCY } from '@/bench/pages/scale'
import { startBareHttp } from '@/bench/pages/servers/bare-http'
import { startNextStart } from '@/bench/pages/servers/next-start'
import { withLittleSteal } from '@/bench/steal-time'
import { Lifetime } from '@/lib/lifetime'
import { inTurns, type Measure, ratios } from './measure'

/** The requested page: a list of covers, as at the start of a visit. */
export const CACHED_PAGE = '/albums'

/** Requests the page until it is cached. @returns the size of its body as sent. */
export async function warm(url: string, header: string, hit: RegExp): Promise<number> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const response = await fetch(url, { headers: { 'accept-encoding': ACCEPT_ENCODING } })
    await response.arrayBuffer()
    if (hit.test(response.headers.get(header) ?? '')) return Number(response.headers.get('content-length'))
  }
  throw new Error(`${url} is not cached`)
}

/** A cached page compared with a bare node:http server and plain `next start`. */
export const measureCachedPage: Measure = async (
  { scale: { rounds, seconds, warmSeconds }, server, large },
  lifetime,
) => {
  const others = new Lifetime()
  lifetime.onEnd(() => (others.isEnding ? Promise.resolve() : others.close()))
  const site = large.origin
  const bytes = await warm(site + CACHED_PAGE, 'cache-status', /; hit/)
  const bare = await startBareHttp(bytes, others)
  const plain = await startNextStart(server.directory, large.databaseUrl, others)
  await warm(plain + CACHED_PAGE, 'x-nextjs-cache', /^HIT$/)

  const figures: Figure[] = []
  for (const connections of CONCURRENCIES) {
    const ask = (origin: string) => generateLoad({ url: `${origin}${CACHED_PAGE}`, connections, seconds })
    if (warmSeconds > 0)
      for (const origin of [site, bare, plain])
        await generateLoad({ url: `${origin}${CACHED_PAGE}`, connections, seconds: warmSeconds })
    const side = (origin: string) => () => withLittleSteal(() => ask(origin))
    const found = await inTurns(rounds, { site: side(site), bare: side(bare), plain: side(plain) })
    const perSecond = (side: keyof typeof found) => found[side].map((load) => load.perSecond)
    const p99 = found.site.map((load) => load.p99Ms)
    const at = `at concurrency ${connections}`
    figures.push(
      { name: `cached page, ${at}`, unit: '/s', samples: perSecond('site') },
      { name: `bare node:http, ${at}`, unit: '/s', samples: perSecond('bare') },
      { name: `plain next start, ${at}`, unit: '/s', samples: perSecond('plain') },
      {
        name: `cached page compared with plain next start, ${at}`,
        unit: '×',
        samples: ratios(perSecond('site'), perSecond('plain')),
        target: ['≥', 15],
      },
      {
        name: `cached page compared with bare node:http, ${at}`,
        unit: '×',
        samples: ratios(perSecond('site'), perSecond('bare')),
        target: ['≥', 0.8],
      },
      {
        name: `cached page, p99 ${at}`,
        unit: 'ms',
        samples: p99,
        ...(connections === DEFAULT_CONCURRENCY && { target: ['<', 5] as const }),
      },
    )
  }
  await others.close()
  return [{ name: 'cached page, bytes of its compressed body', unit: 'bytes', samples: [bytes] }, ...figures]
}
