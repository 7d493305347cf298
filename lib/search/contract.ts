import { z } from 'zod'
import { colourNames } from '@/lib/catalogue/artwork/colour-names'
import { Album, Artist, Genre, Song } from '@/lib/catalogue/resources'
import { contract } from '@/lib/http/api/contract'
import { oneWay, paging } from '@/lib/http/api/paging'
import { choices, numbers, spelt, texts } from '@/lib/http/api/parameters'
import { named } from '@/lib/http/api/schema-names'
import { growing, Href, Id, listOf, PageUrl } from '@/lib/http/api/shapes'
import { Playlist } from '@/lib/playlists/contract'
import { sorts } from '@/lib/search/find/order'
import { tiers } from '@/lib/search/find/statement'
import { FACET_SIZE } from '@/lib/search/index/document'
import { lengths, MOST_CHOSEN } from '@/lib/search/results/facet-values'
import { ways } from '@/lib/search/results/matches'
import { type Kind, kinds } from '@/lib/search/text/parse'

/** Searching in the API: what can be asked, and what is answered. */

const fields = ['name', 'sortName', 'title', 'credit', 'album', 'label', 'composer'] as const
export type HitField = (typeof fields)[number]

const Field = growing(fields)
  .meta({ description: 'A field of the item; `album` is the title of a song’s album.' })
  .register(named, { id: 'HitField' })
const ItemKind = growing(kinds).meta({ description: 'The kind of a thing.' }).register(named, { id: 'ItemKind' })
const Tier = growing(tiers)
  .meta({
    description:
      'How well a hit matches, best first: the name is exactly what was asked; it begins with these words; it begins so; it has the words; they are spread over its fields.',
  })
  .register(named, { id: 'SearchTier' })
const Way = growing(ways)
  .meta({ description: 'As it is written but for case, without its accents, its beginning, or as one word.' })
  .register(named, { id: 'MatchWay' })

const Highlight = z
  .object({
    field: Field,
    start: z.int().min(0).meta({ description: 'In UTF-16 code units, as JavaScript and Java count.' }),
    end: z.int().min(1).meta({ description: 'Exclusive.' }),
  })
  .meta({ description: 'Where in a field something that was asked for stands.' })
  .register(named, { id: 'Highlight' })
export type Highlight = z.input<typeof Highlight>

const Explanation = z
  .object({
    tier: Tier.nullable().meta({ description: 'How well it matches; null where hits are not sorted by relevance.' }),
    score: z.object({
      tier: z.int().min(0).meta({ description: 'Compared first; more is better.' }),
      popularity: z.number().meta({ description: 'Compared within a tier; more is better.' }),
    }),
    words: z
      .array(
        z.object({
          word: z.string().meta({ description: 'As it was typed.' }),
          meant: z.string().nullable().meta({ description: 'What was searched for instead of a mistyped word.' }),
          field: Field,
          way: Way,
        }),
      )
      .meta({ description: 'The words of the query, where they were found, and how.' }),
  })
  .meta({ description: 'Why something was found, and where it stands.' })
  .register(named, { id: 'Explanation' })
export type Explanation = z.input<typeof Explanation>

/** A hit of one kind. */
const hitOf = <const Of extends Kind, Item extends z.ZodType>(kind: Of, item: Item) =>
  z.object({
    kind: z.literal(kind).meta({ description: 'The kind of the item.' }),
    item,
    highlights: z.array(Highlight).meta({ description: 'What to mark in it.' }),
    explanation: Explanation.optional().meta({ description: 'With `explain=1`.' }),
  })

const hits = [
  hitOf('artist', Artist).register(named, { id: 'ArtistHit' }),
  hitOf('album', Album).register(named, { id: 'AlbumHit' }),
  hitOf('song', Song).register(named, { id: 'SongHit' }),
  hitOf('playlist', Playlist).register(named, { id: 'PlaylistHit' }),
  hitOf('genre', Genre).register(named, { id: 'GenreHit' }),
] as const

export const SearchHit = z
  .discriminatedUnion('kind', hits)
  .meta({ description: 'A search result. Later versions may find other kinds of things.', discriminator: 'kind' })
  .register(named, { id: 'SearchHit' })
export type SearchHit = z.input<typeof SearchHit>

const FacetValue = z
  .object({
    value: z.string().meta({ description: 'As the parameter of this name takes it.' }),
    name: z.string().meta({ description: 'As people read it.' }),
    about: z
      .string()
      .nullable()
      .meta({ description: 'The disambiguation of an artist, which tells it from others of its name.' }),
    hits: z.int().min(0).meta({ description: 'Of what is found; the least there are where `isExact` is false.' }),
    isChosen: z.boolean(),
  })
  .register(named, { id: 'FacetValue' })

const SearchResult = listOf(SearchHit)
  .extend({
    total: z
      .int()
      .min(0)
      .meta({ description: 'How many hits there are; the least there are where `isExact` is false.' }),
    isExact: z.boolean().meta({ description: 'Whether there are no more: up to 10,000 hits are counted.' }),
    isPartial: z
      .boolean()
      .meta({ description: 'Whether only the best known were looked through, as all would have taken too long.' }),
    instead: z
      .string()
      .nullable()
      .meta({
        description: 'What was searched for instead, where nothing is as it was typed.',
        examples: ['led zeppelin'],
      }),
    didYouMean: z.string().nullable().meta({ description: 'What may have been meant, where little is found.' }),
    facets: z
      .object({
        kind: z.array(FacetValue),
        genre: z.array(FacetValue),
        decade: z.array(FacetValue),
        artist: z.array(FacetValue),
        length: z.array(FacetValue),
        color: z.array(FacetValue),
      })
      .meta({
        description: 'What is found by what it is; each as if nothing of that facet were chosen. At most 20 values.',
      }),
  })
  .register(named, { id: 'SearchResult' })
export type SearchResult = z.input<typeof SearchResult>

const MOST_ID = FACET_SIZE - 1

export const query = oneWay(
  z.strictObject({
    q: z
      .string()
      .default('')
      .meta({
        description:
          'What people type: words in any order, "phrases", and `artist:`, `album:`, `title:`, `label:`, `composer:`, `year:1990-1999`, `genre:`, `kind:live`, `length:>10m`; or an MBID or ISRC. Nothing is an error. The first 300 characters count.',
        examples: ['motorhead'],
      }),
    kind: choices(kinds).optional().meta({ description: 'Kinds of things, any of them.' }),
    genre: texts(200, MOST_CHOSEN).optional().meta({ description: 'Slugs of genres, any of them.' }),
    decade: numbers(0, 9990, MOST_CHOSEN, 10)
      .optional()
      .meta({ description: 'First years of decades, such as 1990, any of them.' }),
    artist: numbers(1, MOST_ID, MOST_CHOSEN).optional().meta({ description: 'Ids of artists, any of them.' }),
    length: choices(lengths).optional().meta({ description: 'Minutes, any of them; the ends are exclusive.' }),
    color: choices(colourNames, { gray: 'grey' })
      .optional()
      .meta({ description: 'Colours of covers, any of them; albums alone have some.' }),
    sort: spelt(z.enum(sorts), { popularity: 'popular' }).default('relevance').meta({ description: 'The order.' }),
    explain: z.enum(['0', '1']).default('0').meta({ description: '1 tells of each hit why it was found.' }),
    ...paging,
  }),
)

/** A year, at the least, between being deprecated and being dropped. */
const FIRST_DEPRECATED = { since: new Date('2026-11-30'), sunset: new Date('2027-11-30') }

const madeOf = ['artists', 'albums', 'songs', 'genres', 'playlists', 'search'] as const

export const searchCatalogue = contract({
  id: 'searchCatalogue',
  section: 'Search',
  path: '/search',
  summary: 'Search for anything',
  description:
    'Best first: what is called exactly so, then what begins so, what has the words in its name, and what has them anywhere; within these by popularity. Accents, case, punctuation and leading articles don’t matter; a mistyped word is found where nothing is called as it is typed.',
  params: z.strictObject({}),
  query,
  answer: SearchResult,
  line: SearchHit,
  madeOf,
  deprecated: [
    {
      parameter: 'sort',
      is: (value) => value === 'popularity',
      description: '`popularity`; use `popular`.',
      ...FIRST_DEPRECATED,
    },
    {
      parameter: 'genre',
      is: (value) => /^\d+$/.test(value),
      description: 'ids of genres; use their slugs.',
      ...FIRST_DEPRECATED,
    },
  ],
  example: { query: { q: 'the', kind: 'album', limit: '2', explain: '1' } },
})

const Suggestion = z
  .object({
    kind: ItemKind,
    id: Id,
    href: Href,
    url: PageUrl,
    name: z.string().meta({ description: 'What it is called.' }),
    about: z
      .string()
      .nullable()
      .meta({ description: 'The credit of an album or a song; of an artist what tells it from others of its name.' }),
    highlights: z.array(z.object({ start: z.int().min(0), end: z.int().min(1) })).meta({
      description: 'Where in the name what was typed stands, in UTF-16 code units; the ends are exclusive.',
    }),
    covers: z.array(z.object({ id: Id, href: Href, title: z.string() })).meta({
      description: 'Albums whose covers are its picture: up to four.',
    }),
  })
  .register(named, { id: 'Suggestion' })

export const suggestInCatalogue = contract({
  id: 'suggest',
  section: 'Search',
  path: '/suggest',
  summary: 'Suggest what may be meant by what is being typed',
  description:
    'From the first letter: up to three of each kind, best first. What is called so comes before what begins so, and that before what has such words.',
  params: z.strictObject({}),
  query: z.strictObject({
    q: z
      .string()
      .default('')
      .meta({ description: 'What was typed so far; nothing is an error.', examples: ['moto'] }),
  }),
  answer: z.object({ href: Href, items: z.array(Suggestion) }).register(named, { id: 'SuggestionList' }),
  madeOf,
  example: { query: { q: 'th' } },
})
