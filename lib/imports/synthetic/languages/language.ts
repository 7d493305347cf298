import { list, Phrases, pairs, Template, type Templates, type Words } from '@/lib/imports/synthetic/phrases'
import { People } from './people'

/** The names of artists and titles in a language. An artist and all its titles have the same one. */
export type Language = {
  /** Share of artists in percent. */
  share: number
  titles: Phrases
  groups: Phrases
  orchestras: Template
  choirs: Template
  /** Given and family names that go together; several sets if they differ by gender. */
  people: People[]
  /** Cities, and their English names. */
  cities: { name: string; english: string }[]
  /** "Live in" a city. */
  live: Phrases
  /** Suffix of soundtracks. */
  soundtrack: string
  /** Titles of greatest-hits albums. */
  hits: string[]
  /** Names of playlists. */
  playlists: string[]
}

/** International names of classical ensembles. */
const ensembles = {
  orchestra: list(`
    Philharmonic Orchestra, Symphony Orchestra, Chamber Orchestra, Radio Orchestra, Festival Orchestra, Sinfonietta,
    Camerata, Baroque Ensemble`),
  choir: list('Chamber Choir, Bach Choir, Radio Choir, Cathedral Choir, Vocal Ensemble, Youth Choir'),
}

/**
 * Makes a language from its vocabulary. Lists are separated by commas; a slash precedes the Latin or English form:
 * "Αθήνα/Athens".
 */
export function language(vocabulary: {
  share: number
  words: Words
  titles: Templates
  groups: Templates
  people: { given: string; family: string }[]
  /** Family name first, without a space, as in East Asia. */
  familyFirst?: boolean
  cities: string
  live: Templates
  soundtrack: string
  hits: string
  playlists: string
}): Language {
  const { share, words, soundtrack, familyFirst = false } = vocabulary
  const [cities, english] = pairs(vocabulary.cities)
  return {
    share,
    titles: new Phrases(words, vocabulary.titles),
    groups: new Phrases({ ...words, city: cities }, vocabulary.groups),
    orchestras: new Template('{city} {orchestra}', { ...ensembles, city: english }),
    choirs: new Template('{city} {choir}', { ...ensembles, city: english }),
    people: vocabulary.people.map(({ given, family }) => new People(pairs(given), pairs(family), familyFirst)),
    cities: cities.map((name, index) => ({ name, english: english[index] ?? name })),
    live: new Phrases({ city: cities }, vocabulary.live),
    soundtrack,
    hits: list(vocabulary.hits),
    playlists: list(vocabulary.playlists),
  }
}
