import * as artwork from '@/lib/artwork/operations'
import * as albums from '@/lib/catalogue/albums/operations'
import * as artists from '@/lib/catalogue/artists/operations'
import * as deletions from '@/lib/catalogue/deletions/operations'
import * as genres from '@/lib/catalogue/genres/operations'
import * as songs from '@/lib/catalogue/songs/operations'
import * as stats from '@/lib/catalogue/stats/operations'
import { pathOf } from '@/lib/http/api/address'
import { endpoint, type Route } from '@/lib/http/api/endpoint'
import { accountOf, callerOf } from '@/lib/http/gate/caller'
import { peek } from '@/lib/http/limits/limits'
import * as playlists from '@/lib/playlists/operations'
import * as search from '@/lib/search/operations'
import { getOpenApi, getRateLimit } from './contract'
import { getRoot, linked } from './operations'
import { version } from './version'

const rateLimit = endpoint(getRateLimit, {
  read: async ({ request }) => {
    const { policy, remaining, resetAt } = await peek(...accountOf(callerOf(request)))
    return {
      policy: policy.name,
      limit: policy.quota,
      remaining,
      resetAt: new Date(resetAt).toISOString(),
      windowSeconds: policy.windowSeconds,
    }
  },
})

const root = endpoint(getRoot, {
  read: async ({ href, origin }) => ({
    href,
    name: 'SyroMusic',
    version,
    documentation: `${origin}/api/docs`,
    openapi: origin + pathOf(getOpenApi.path),
    links: Object.fromEntries(linked.map(({ name, path }) => [name, origin + pathOf(path)])),
  }),
})

/** The route of every operation but the OpenAPI document, by its id. */
export const routes: ReadonlyMap<string, Route> = new Map(
  [artists, albums, songs, playlists, genres, search, stats, deletions, artwork, { rateLimit, root }]
    .flatMap((feature) => Object.values<Route>(feature))
    .map((route) => [route.contract.id, route]),
)
