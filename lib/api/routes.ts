import * as albums from '@/lib/catalogue/api/albums/endpoints'
import * as artists from '@/lib/catalogue/api/artists/endpoints'
import * as deletions from '@/lib/catalogue/api/deletions/endpoints'
import * as genres from '@/lib/catalogue/api/genres/endpoints'
import * as songs from '@/lib/catalogue/api/songs/endpoints'
import * as stats from '@/lib/catalogue/api/stats/endpoints'
import type { Route } from '@/lib/http/api/endpoint'
import * as playlists from '@/lib/playlists/api/endpoints'
import * as search from '@/lib/search/api/endpoints'
import { rateLimit } from './standing'

/** The route of every operation, by its id. */
export const routes: ReadonlyMap<string, Route> = new Map(
  [artists, albums, songs, playlists, genres, search, stats, deletions, { rateLimit }]
    .flatMap((feature) => Object.values<Route>(feature))
    .map((route) => [route.contract.id, route]),
)
