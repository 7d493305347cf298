import * as albums from '@/lib/catalogue/albums/operations'
import * as artists from '@/lib/catalogue/artists/operations'
import * as deletions from '@/lib/catalogue/deletions/operations'
import * as genres from '@/lib/catalogue/genres/operations'
import * as songs from '@/lib/catalogue/songs/operations'
import * as stats from '@/lib/catalogue/stats/operations'
import type { Route } from '@/lib/http/api/endpoint'
import * as playlists from '@/lib/playlists/operations'
import * as search from '@/lib/search/operations'
import { rateLimit } from './rate-limit'

/** The route of every operation, by its id. */
export const routes: ReadonlyMap<string, Route> = new Map(
  [artists, albums, songs, playlists, genres, search, stats, deletions, { rateLimit }]
    .flatMap((feature) => Object.values<Route>(feature))
    .map((route) => [route.contract.id, route]),
)
