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
 * @property {readonly import('@/lib/cache/forget').Tag[]} madeOf The data that it shows: a write to these drops it from caches.
 * @property {'artists' | 'albums' | 'songs' | 'playlists' | 'genres'} [lists] For the list of all of a kind.
 */

const SEARCH = ['q', 'kind', 'genre', 'decade', 'artist', 'length', 'color', 'sort', 'page']

/** @type {readonly Page[]} */
export const pages = [
  { path: '/', madeOf: ['artists', 'albums', 'songs', 'genres', 'playlists'] },

  { path: '/artists', inside: '/artists/list', defaultSort: 'name', madeOf: ['artists'], lists: 'artists' },
  { path: '/artists/:ref', madeOf: ['artists', 'albums', 'songs'] },
  {
    path: '/artists/:ref/albums/:kind',
    inside: '/artists/:ref/albums/:kind/list',
    madeOf: ['artists', 'albums'],
  },
  { path: '/artists/:ref/songs', inside: '/artists/:ref/songs/list', madeOf: ['artists', 'albums', 'songs'] },
  {
    path: '/artists/:ref/credits/:role/:part',
    inside: '/artists/:ref/credits/:role/:part/list',
    madeOf: ['artists', 'albums', 'songs'],
  },

  {
    path: '/albums',
    inside: '/albums/list',
    defaultSort: 'newest',
    query: ['color'],
    freeText: ['color'],
    madeOf: ['artists', 'albums'],
    lists: 'albums',
  },
  { path: '/albums/:ref', inside: '/albums/:ref/tracks', madeOf: ['artists', 'albums', 'songs', 'genres'] },
  { path: '/albums/:ref/credits', inside: '/albums/:ref/credits/list', madeOf: ['artists', 'albums'] },

  {
    path: '/songs',
    inside: '/songs/list',
    defaultSort: 'popular',
    madeOf: ['artists', 'albums', 'songs'],
    lists: 'songs',
  },
  { path: '/songs/:ref', madeOf: ['artists', 'albums', 'songs', 'genres', 'playlists'] },
  { path: '/songs/:ref/credits', inside: '/songs/:ref/credits/list', madeOf: ['artists', 'songs'] },
  { path: '/songs/:ref/albums', inside: '/songs/:ref/albums/list', madeOf: ['artists', 'albums', 'songs'] },
  { path: '/songs/:ref/playlists', inside: '/songs/:ref/playlists/list', madeOf: ['songs', 'playlists'] },

  {
    path: '/playlists',
    inside: '/playlists/list',
    defaultSort: 'name',
    madeOf: ['albums', 'songs', 'playlists'],
    lists: 'playlists',
  },
  { path: '/playlists/:ref', inside: '/playlists/:ref/items', madeOf: ['artists', 'albums', 'songs', 'playlists'] },

  { path: '/genres', inside: '/genres/list', madeOf: ['genres'], lists: 'genres' },
  {
    path: '/genres/:slug',
    inside: '/genres/:slug/list',
    defaultSort: 'newest',
    madeOf: ['artists', 'albums', 'songs', 'genres'],
  },
  {
    path: '/genres/:slug/songs',
    inside: '/genres/:slug/songs/list',
    defaultSort: 'popular',
    madeOf: ['artists', 'albums', 'songs', 'genres'],
  },

  {
    path: '/search',
    query: SEARCH,
    freeText: SEARCH,
    madeOf: ['artists', 'albums', 'songs', 'genres', 'playlists', 'search'],
  },
  { path: '/api/docs', madeOf: ['artists', 'albums', 'songs', 'genres', 'playlists'] },
  { path: '/api/docs/problems', madeOf: [] },
]
