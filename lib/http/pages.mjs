/**
 * The page routes: next.config.mjs makes rewrites of them, the response cache its keys, the sitemap and the
 * warm-up their addresses. It is JavaScript because Next.js loads it without a compiler.
 *
 * @typedef {object} Page
 * @property {string} path Its address: "/albums/:ref".
 * @property {string} [inside] For a list: its path inside Next.js, followed by the sort, if it has any, and the page number.
 * @property {string} [defaultSort] For a list with several sorts.
 * @property {readonly string[]} [query] Query parameters in canonical order, besides the sort and page of a list.
 * @property {readonly string[]} [freeText] The query parameters that take any value, such as the words of a search.
 * @property {string} [secondary] Its secondary content, which may be up to 15 minutes old after a change. All else is never stale.
 * @property {'artists' | 'albums' | 'songs' | 'playlists' | 'genres'} [lists] For the list of all of a kind.
 */

const SEARCH = ['q', 'kind', 'genre', 'decade', 'artist', 'length', 'color', 'sort', 'page']

/** @type {readonly Page[]} */
export const pages = [
  { path: '/', secondary: 'what is popular, the genres and the totals' },

  { path: '/artists', inside: '/artists/list', defaultSort: 'name', lists: 'artists', secondary: 'the letters' },
  { path: '/artists/:ref' },
  {
    path: '/artists/:ref/albums/:kind',
    inside: '/artists/:ref/albums/:kind/list',
  },
  { path: '/artists/:ref/songs', inside: '/artists/:ref/songs/list' },
  {
    path: '/artists/:ref/credits/:role/:part',
    inside: '/artists/:ref/credits/:role/:part/list',
  },

  {
    path: '/albums',
    inside: '/albums/list',
    defaultSort: 'newest',
    query: ['color'],
    freeText: ['color'],
    lists: 'albums',
    secondary: 'the letters and the colours',
  },
  { path: '/albums/:ref', inside: '/albums/:ref/tracks', secondary: 'more albums by the artist' },
  { path: '/albums/:ref/credits', inside: '/albums/:ref/credits/list' },

  {
    path: '/songs',
    inside: '/songs/list',
    defaultSort: 'popular',
    lists: 'songs',
    secondary: 'the letters',
  },
  { path: '/songs/:ref', secondary: 'the playlists with the song' },
  { path: '/songs/:ref/credits', inside: '/songs/:ref/credits/list' },
  { path: '/songs/:ref/albums', inside: '/songs/:ref/albums/list' },
  { path: '/songs/:ref/playlists', inside: '/songs/:ref/playlists/list' },

  {
    path: '/playlists',
    inside: '/playlists/list',
    defaultSort: 'name',
    lists: 'playlists',
    secondary: 'the letters',
  },
  { path: '/playlists/:ref', inside: '/playlists/:ref/items' },

  { path: '/genres', inside: '/genres/list', lists: 'genres' },
  {
    path: '/genres/:slug',
    inside: '/genres/:slug/list',
    defaultSort: 'newest',
  },
  {
    path: '/genres/:slug/songs',
    inside: '/genres/:slug/songs/list',
    defaultSort: 'popular',
  },

  {
    path: '/search',
    query: SEARCH,
    freeText: SEARCH,
  },
  { path: '/api/docs' },
  { path: '/api/docs/problems' },
]
