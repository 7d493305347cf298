import { pages } from './lib/http/pages.mjs'

/**
 * Every page has its parameters in its path inside: `/albums?sort=title&page=3` is `/albums/list/title/3`, and `/albums`
 * is `/albums/list/newest/1`. So a page's path tells all that the page depends on, and the build, which has no database,
 * renders no page. Pages have no `generateStaticParams`: with it, Next.js would render each page for a cache of its own,
 * which takes a third of a page's work, and the response cache in front stores pages already.
 * Unknown sorts and pages are rewritten too, and answered with a 404 there. A page number that can't be one becomes page 0:
 * one 404 for all of them.
 */

const sortedLists = pages.filter(({ defaultSort }) => defaultSort)
const pagedLists = pages.filter(({ inside, defaultSort }) => inside && !defaultSort)

const PAGE = '(?<page>[1-9][0-9]{0,6})'
const SORT = '(?<sort>[a-z]{1,16})'
const query = (key, value) => ({ type: 'query', key, ...(value && { value }) })

const sortedRewrites = ({ path: source, inside, defaultSort }) => [
  { source, has: [query('sort', SORT), query('page', PAGE)], destination: `${inside}/:sort/:page` },
  { source, has: [query('sort', SORT)], missing: [query('page')], destination: `${inside}/:sort/1` },
  { source, has: [query('page', PAGE)], missing: [query('sort')], destination: `${inside}/${defaultSort}/:page` },
  { source, missing: [query('page'), query('sort')], destination: `${inside}/${defaultSort}/1` },
  { source, destination: `${inside}/${defaultSort}/0` },
]

const pagedRewrites = ({ path: source, inside }) => [
  { source, has: [query('page', PAGE)], destination: `${inside}/:page` },
  { source, missing: [query('page')], destination: `${inside}/1` },
  { source, destination: `${inside}/0` },
]

/** A list by colour has one order, and ignores the sort. The colour is a name, or red, green and blue in hex. */
const COLOUR = '\\s*#?(?<color>[A-Za-z0-9]{1,16})\\s*'
const ofColour = [query('color', COLOUR)]
const colourRewrites = [
  { has: [...ofColour, query('page', PAGE)], destination: '/albums/colour/:color/:page' },
  { has: ofColour, missing: [query('page')], destination: '/albums/colour/:color/1' },
  { has: [query('color')], destination: '/albums/colour/none/0' },
].map((rewrite) => ({ source: '/albums', ...rewrite }))

/** A page has one address: its path inside Next.js redirects there. */
const permanently = (source, destination) => ({ source, destination, permanent: true })

const sortedRedirects = ({ path: address, inside, defaultSort }) => [
  permanently(`${inside}/${defaultSort}/1`, address),
  permanently(`${inside}/${defaultSort}/:page`, `${address}?page=:page`),
  permanently(`${inside}/:sort/1`, `${address}?sort=:sort`),
  permanently(`${inside}/:sort/:page`, `${address}?sort=:sort&page=:page`),
]

const pagedRedirects = ({ path: address, inside }) => [
  permanently(`${inside}/1`, address),
  permanently(`${inside}/:page`, `${address}?page=:page`),
]

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // Every page is sent whole, so its metadata can be in its head and its errors in its status.
  htmlLimitedBots: /.*/,
  reactStrictMode: true,
  // Covers are resized when they are uploaded (lib/artwork), so /_next/image is unused.
  images: { unoptimized: true },
  experimental: {
    // Pictures are the largest bodies, 20 MiB. Larger ones are refused in front (lib/server/front.ts).
    proxyClientMaxBodySize: '21mb',
    // It mispredicts rewritten addresses.
    optimisticRouting: false,
    // The response cache in front tells requests for data apart by their headers. Next.js would also expect a query
    // parameter, which the cache drops, and would redirect every request for ever.
    validateRSCRequestHeaders: false,
  },
  serverExternalPackages: ['pg', '@prisma/client', '@prisma/adapter-pg', '@aws-sdk/client-s3'],
  rewrites: async () => ({
    beforeFiles: [
      { source: '/', destination: '/home/front' },
      // Rewrites match in either case, as they do for lists.
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
