import { z } from 'zod'
import { colourNames } from '@/lib/catalogue/artwork/colour-names'
import { Album, Artist, Genre, Song } from '@/lib/catalogue/resources'
import { contract } from '@/lib/http/api/contract'
import { oneWay, paging } from '@/lib/http/api/paging'
import { choices, numbers, texts, withSpellings } from '@/lib/http/api/parameters'
import { named } from '@/lib/http/api/schema-names'
import { extensibleEnum, Href, Id, listOf, PageUrl } from '@/lib/http/api/shapes'
import { Playlist } from '@/lib/playlists/contract'
import { sorts } from '@/lib/search/find/order'
import { tiers } from '@/lib/search/find/statement'
import { FACET_SIZE } from '@/lib/search/index/document'
import { lengths, MAX_CHOSEN } from '@/lib/search/results/facet-values'
import { ways } from '@/lib/search/results/matches'
import { type Kind, kinds } from '@/lib/search/text/parse'

/** The search operations of the API. */

const fields = ['name', 'sortName', 'title', 'credit', 'album', 'label', 'composer'] as const
export type HitField = (typeof fields)[number]

const Field = extensibleEnum(fields)
  .meta({ description: 'A field of the item; `album` is the title of a song’s album.' })
  .register(named, { id: 'HitField' })
const ItemKind = extensibleEnum(kinds).meta({ description: 'The kind of an item.' }).register(named, { id: 'ItemKind' })
const Tier = extensibleEnum(tiers)
  .meta({
    description:
      'How well a hit matches, best first: the name is the query; it begins with its words; it begins with its letters; it has the words; the item’s fields have them.',
  })
  .register(named, { id: 'SearchTier' })
const MatchWay = extensibleEnum(ways)
  .meta({
    description:
      'How a word matches: exactly but for case; without accents and punctuation; as a prefix; or as one word for several.',
  })
  .register(named, { id: 'MatchWay' })

const Highlight = z
  .object({
    field: Field,
    start: z.int().min(0).meta({ description: 'In UTF-16 code units, as in JavaScript and Java.' }),
    end: z.int().min(1).meta({ description: 'Exclusive.' }),
  })
  .meta({ description: 'A match in a field.' })
  .register(named, { id: 'Highlight' })
export type Highlight = z.input<typeof Highlight>

const Explanation = z
  .object({
    tier: Tier.nullable().meta({ description: 'How well it matches; null unless sorted by relevance.' }),
    score: z.object({
      tier: z.int().min(0).meta({ description: 'Compared first; higher is better.' }),
      popularity: z.number().meta({ description: 'Compared within a tier; higher is better.' }),
    }),
    words: z
      .array(
        z.object({
          word: z.string().meta({ description: 'The word as typed.' }),
          meant: z
            .string()
            .nullable()
            .meta({ description: 'The corrected word that was searched for; null without a correction.' }),
          field: Field,
          way: MatchWay,
        }),
      )
      .meta({ description: 'The words of the query that match, the fields, and how they match.' }),
  })
  .meta({ description: 'Why an item matches, and its rank.' })
  .register(named, { id: 'Explanation' })
export type Explanation = z.input<typeof Explanation>

/** The schema of a hit. */
const hitOf = <const HitKind extends Kind, Item extends z.ZodType>(kind: HitKind, item: Item) =>
  z.object({
    kind: z.literal(kind).meta({ description: 'The kind of the item.' }),
    item,
    highlights: z.array(Highlight).meta({ description: 'Matches in the item’s fields.' }),
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
  .meta({ description: 'A search result. Later versions may have other kinds of items.', discriminator: 'kind' })
  .register(named, { id: 'SearchHit' })
export type SearchHit = z.input<typeof SearchHit>

const FacetValue = z
  .object({
    value: z.string().meta({ description: 'The value for the parameter of this name.' }),
    name: z.string().meta({ description: 'The name for people.' }),
    about: z.string().nullable().meta({ description: 'The disambiguation of an artist.' }),
    hits: z
      .int()
      .min(0)
      .meta({ description: 'The number of hits with this value; a lower bound if `isExact` is false.' }),
    isChosen: z.boolean(),
  })
  .register(named, { id: 'FacetValue' })

const SearchResult = listOf(SearchHit)
  .extend({
    total: z.int().min(0).meta({ description: 'The number of hits; a lower bound if `isExact` is false.' }),
    isExact: z.boolean().meta({ description: 'Whether the counts are exact. Up to 10,000 hits are counted.' }),
    isPartial: z.boolean().meta({
      description:
        'Whether only the most popular items were searched, because searching all would have taken too long.',
    }),
    instead: z
      .string()
      .nullable()
      .meta({
        description: 'The corrected query that was searched for, if the typed one has no hits.',
        examples: ['led zeppelin'],
      }),
    didYouMean: z.string().nullable().meta({ description: 'A similar query with more hits, if this one has few.' }),
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
        description:
          'Counts of hits by property, each as if no value of that facet were chosen. At most 20 values of each.',
      }),
  })
  .register(named, { id: 'SearchResult' })
export type SearchResult = z.input<typeof SearchResult>

const MAX_ID = FACET_SIZE - 1

export const query = oneWay(
  z.strictObject({
    q: z
      .string()
      .default('')
      .meta({
        description:
          'Words in any order, "phrases", and `artist:`, `album:`, `title:`, `label:`, `composer:`, `year:1990-1999`, `genre:`, `kind:live`, `length:>10m`; or an MBID or ISRC. Every text is valid. Only the first 300 characters are searched.',
        examples: ['motorhead'],
      }),
    kind: choices(kinds).optional().meta({ description: 'Kinds of items, any of them.' }),
    genre: texts(200, MAX_CHOSEN).optional().meta({ description: 'Slugs of genres, any of them.' }),
    decade: numbers(0, 9990, MAX_CHOSEN, 10)
      .optional()
      .meta({ description: 'First years of decades, such as 1990, any of them.' }),
    artist: numbers(1, MAX_ID, MAX_CHOSEN).optional().meta({ description: 'Ids of artists, any of them.' }),
    length: choices(lengths)
      .optional()
      .meta({ description: 'Lengths in minutes, any of them; the ends are exclusive.' }),
    color: choices(colourNames, { gray: 'grey' })
      .optional()
      .meta({ description: 'Colours of album covers, any of them.' }),
    sort: withSpellings(z.enum(sorts), { popularity: 'popular' })
      .default('relevance')
      .meta({ description: 'The order.' }),
    explain: z.enum(['0', '1']).default('0').meta({ description: '1 adds an explanation to each hit.' }),
    ...paging,
  }),
)

/** Deprecated parameters stay for at least a year. */
const FIRST_DEPRECATED = { since: new Date('2026-11-30'), sunset: new Date('2027-11-30') }

const dependsOn = ['artists', 'albums', 'songs', 'genres', 'playlists', 'search'] as const

export const searchCatalogue = contract({
  id: 'searchCatalogue',
  section: 'Search',
  path: '/search',
  summary: 'Search the catalogue',
  description:
    'Best first: items whose name is the query, then names that begin with it, names that have its words, and items that have them in any field; the most popular first within these. Accents, case, punctuation and leading articles don’t matter. Mistyped words are corrected if the query has no hits.',
  params: z.strictObject({}),
  query,
  answer: SearchResult,
  line: SearchHit,
  dependsOn,
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
    name: z.string().meta({ description: 'The name or title.' }),
    about: z
      .string()
      .nullable()
      .meta({ description: 'The credit of an album or a song, or the disambiguation of an artist.' }),
    highlights: z.array(z.object({ start: z.int().min(0), end: z.int().min(1) })).meta({
      description: 'Matches in the name, in UTF-16 code units; the ends are exclusive.',
    }),
    covers: z.array(z.object({ id: Id, href: Href, title: z.string() })).meta({
      description: 'Up to four albums whose covers show it.',
    }),
  })
  .register(named, { id: 'Suggestion' })

export const suggestInCatalogue = contract({
  id: 'suggest',
  section: 'Search',
  path: '/suggest',
  summary: 'Suggest items while people type',
  description:
    'From the first letter on: up to three of each kind. Exact names come first, then names that begin with the text, then names with its words.',
  params: z.strictObject({}),
  query: z.strictObject({
    q: z
      .string()
      .default('')
      .meta({ description: 'The text typed so far. Every text is valid.', examples: ['moto'] }),
  }),
  answer: z.object({ href: Href, items: z.array(Suggestion) }).register(named, { id: 'SuggestionList' }),
  dependsOn,
  example: { query: { q: 'th' } },
})
