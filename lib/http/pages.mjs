/**
 * The page routes: next.config.mjs makes rewrites of them, the response cache its keys and tags, the sitemap and the
 * warm-up their addresses. It is JavaScript because Next.js loads it without a compiler.
 *
 * @typedef {object} Page
 * @property {string} path Its address: "/albums/:ref".
 * @property {string} [inside] For a list: its path inside Next.js, followed by the sort, if it has any, and the page number.
 * @property {string} [defaultSort] For a list with several sorts.
 * @property {readonly string[]} [query] Query parameters in canonical order, besides the sort and page of a list.
 * @property {readonly string[]} [freeText] The query parameters that take any value, such as the words of a search.
 * @property {readonly import('@/lib/cache/forget').Tag[]} dependsOn The data that it shows: a write to these drops it from caches.
 * @property {'artists' | 'albums' | 'songs' | 'playlists' | 'genres'} [lists] For the list of all of a kind.
 */

const SEARCH = ['q', 'kind', 'genre', 'decade', 'artist', 'length', 'color', 'sort', 'page']

/** @type {readonly Page[]} */
export const pages = [
  { path: '/', dependsOn: ['artists', 'albums', 'songs', 'genres', 'playlists'] },

  { path: '/artists', inside: '/artists/list', defaultSort: 'name', dependsOn: ['artists'], lists: 'artists' },
  { path: '/artists/:ref', dependsOn: ['artists', 'albums', 'songs'] },
  {
    path: '/artists/:ref/albums/:kind',
    inside: '/artists/:ref/albums/:kind/list',
    dependsOn: ['artists', 'albums'],
  },
  { path: '/artists/:ref/songs', inside: '/artists/:ref/songs/list', dependsOn: ['artists', 'albums', 'songs'] },
  {
    path: '/artists/:ref/credits/:role/:part',
    inside: '/artists/:ref/credits/:role/:part/list',
    dependsOn: ['artists', 'albums', 'songs'],
  },

  {
    path: '/albums',
    inside: '/albums/list',
    defaultSort: 'newest',
    query: ['color'],
    freeText: ['color'],
    dependsOn: ['artists', 'albums'],
    lists: 'albums',
  },
  { path: '/albums/:ref', inside: '/albums/:ref/tracks', dependsOn: ['artists', 'albums', 'songs', 'genres'] },
  { path: '/albums/:ref/credits', inside: '/albums/:ref/credits/list', dependsOn: ['artists', 'albums'] },

  {
    path: '/songs',
    inside: '/songs/list',
    defaultSort: 'popular',
    dependsOn: ['artists', 'albums', 'songs'],
    lists: 'songs',
  },
  { path: '/songs/:ref', dependsOn: ['artists', 'albums', 'songs', 'genres', 'playlists'] },
  { path: '/songs/:ref/credits', inside: '/songs/:ref/credits/list', dependsOn: ['artists', 'songs'] },
  { path: '/songs/:ref/albums', inside: '/songs/:ref/albums/list', dependsOn: ['artists', 'albums', 'songs'] },
  { path: '/songs/:ref/playlists', inside: '/songs/:ref/playlists/list', dependsOn: ['songs', 'playlists'] },

  {
    path: '/playlists',
    inside: '/playlists/list',
    defaultSort: 'name',
    dependsOn: ['albums', 'songs', 'playlists'],
    lists: 'playlists',
  },
  { path: '/playlists/:ref', inside: '/playlists/:ref/items', dependsOn: ['artists', 'albums', 'songs', 'playlists'] },

  { path: '/genres', inside: '/genres/list', dependsOn: ['genres'], lists: 'genres' },
  {
    path: '/genres/:slug',
    inside: '/genres/:slug/list',
    defaultSort: 'newest',
    dependsOn: ['artists', 'albums', 'songs', 'genres'],
  },
  {
    path: '/genres/:slug/songs',
    inside: '/genres/:slug/songs/list',
    defaultSort: 'popular',
    dependsOn: ['artists', 'albums', 'songs', 'genres'],
  },

  {
    path: '/search',
    query: SEARCH,
    freeText: SEARCH,
    dependsOn: ['artists', 'albums', 'songs', 'genres', 'playlists', 'search'],
  },
  { path: '/api/docs', dependsOn: ['artists', 'albums', 'songs', 'genres', 'playlists'] },
  { path: '/api/docs/problems', dependsOn: [] },
]
