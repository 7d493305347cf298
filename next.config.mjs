/**
 * A page without parameters is rendered by the build, which has no database, and a page's path should say all that it
 * depends on. So every page has its parameters in its path inside: `/albums?sort=title&page=3` is
 * `/albums/list/title/3`, `/albums` is `/albums/list/newest/1`. Pages have no `generateStaticParams`: with it, Next.js
 * would render each for a page cache of its own, take its data apart again for every segment and measure it as JSON, a
 * third of a page's work, for what the response cache in front keeps already.
 * Unknown sorts and pages get that far and are answered with a 404 there; what can't be a page is page 0, so that there
 * is one such 404 and not one for every nonsense.
 */

/** Lists in several orders: where each is, where it is inside, and its default order. */
const sortedLists = [
  ['/artists', '/artists/list', 'name'],
  ['/albums', '/albums/list', 'newest'],
  ['/songs', '/songs/list', 'popular'],
  ['/playlists', '/playlists/list', 'name'],
  ['/genres/:slug', '/genres/:slug/list', 'newest'],
  ['/genres/:slug/songs', '/genres/:slug/songs/list', 'popular'],
]
/** Pages that have further pages: where each is, and where it is inside. */
const pagedLists = [
  ['/genres', '/genres/list'],
  ['/albums/:ref', '/albums/:ref/tracks'],
  ['/playlists/:ref', '/playlists/:ref/items'],
  ['/artists/:ref/albums/:kind', '/artists/:ref/albums/:kind/list'],
  ['/artists/:ref/songs', '/artists/:ref/songs/list'],
  ['/artists/:ref/credits/:role/:part', '/artists/:ref/credits/:role/:part/list'],
  ['/albums/:ref/credits', '/albums/:ref/credits/list'],
  ['/songs/:ref/credits', '/songs/:ref/credits/list'],
  ['/songs/:ref/albums', '/songs/:ref/albums/list'],
  ['/songs/:ref/playlists', '/songs/:ref/playlists/list'],
]

const PAGE = '(?<page>[1-9][0-9]{0,6})'
const SORT = '(?<sort>[a-z]{1,16})'
const query = (key, value) => ({ type: 'query', key, ...(value && { value }) })

const sortedRewrites = ([source, inside, defaultSort]) => [
  { source, has: [query('sort', SORT), query('page', PAGE)], destination: `${inside}/:sort/:page` },
  { source, has: [query('sort', SORT)], missing: [query('page')], destination: `${inside}/:sort/1` },
  { source, has: [query('page', PAGE)], missing: [query('sort')], destination: `${inside}/${defaultSort}/:page` },
  { source, missing: [query('page'), query('sort')], destination: `${inside}/${defaultSort}/1` },
  { source, destination: `${inside}/${defaultSort}/0` },
]

const pagedRewrites = ([source, inside]) => [
  { source, has: [query('page', PAGE)], destination: `${inside}/:page` },
  { source, missing: [query('page')], destination: `${inside}/1` },
  { source, destination: `${inside}/0` },
]

/**
 * A list by colour: a name, or a number of red, green and blue in hex. What can't be either is none. It has one order, so a
 * sort says nothing there.
 */
const COLOUR = '\\s*#?(?<color>[A-Za-z0-9]{1,16})\\s*'
const ofColour = [query('color', COLOUR)]
const colourRewrites = [
  { has: [...ofColour, query('page', PAGE)], destination: '/albums/colour/:color/:page' },
  { has: ofColour, missing: [query('page')], destination: '/albums/colour/:color/1' },
  { has: [query('color')], destination: '/albums/colour/none/0' },
].map((rewrite) => ({ source: '/albums', ...rewrite }))

/** A page has one address: a visit to where it is inside is led to where it is for people. */
const permanently = (source, destination) => ({ source, destination, permanent: true })

const sortedRedirects = ([address, inside, defaultSort]) => [
  permanently(`${inside}/${defaultSort}/1`, address),
  permanently(`${inside}/${defaultSort}/:page`, `${address}?page=:page`),
  permanently(`${inside}/:sort/1`, `${address}?sort=:sort`),
  permanently(`${inside}/:sort/:page`, `${address}?sort=:sort&page=:page`),
]

const pagedRedirects = ([address, inside]) => [
  permanently(`${inside}/1`, address),
  permanently(`${inside}/:page`, `${address}?page=:page`),
]

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // Nobody waits for the beginning of a page alone, so its metadata is in its head, and errors in it in its status.
  htmlLimitedBots: /.*/,
  reactStrictMode: true,
  // Covers are made when they come in (lib/artwork), so there is nothing at /_next/image.
  images: { unoptimized: true },
  experimental: {
    // Pictures that operators bring are the largest that comes, 20 MiB. What is larger is refused in front.
    proxyClientMaxBodySize: '21mb',
    // It mispredicts addresses that are rewritten.
    optimisticRouting: false,
    // The response cache in front tells requests for data apart by their headers. Next.js would do it by a parameter too,
    // and lead every request without it in a circle, for the cache drops parameters that no route knows.
    validateRSCRequestHeaders: false,
  },
  serverExternalPackages: ['pg', '@prisma/client', '@prisma/adapter-pg', '@aws-sdk/client-s3'],
  rewrites: async () => ({
    beforeFiles: [
      { source: '/', destination: '/home/front' },
      // Letters match in either case here, as in the addresses of lists.
      { source: '/search', destination: '/search' },
      ...colourRewrites,
      ...sortedLists.flatMap(sortedRewrites),
      ...pagedLists.flatMap(pagedRewrites),
    ],
  }),
  redirects: async () => [
    permanently('/home/:page', '/'),
    permanently('/albums/colour/:color/1', '/albums?color=:color'),
    permanently('/albums/colour/:color/:page', '/albums?color=:color&page=:page'),
    ...sortedLists.flatMap(sortedRedirects),
    ...pagedLists.flatMap(pagedRedirects),
  ],
}
