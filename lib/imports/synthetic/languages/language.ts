import { list, Phrases, pairs, Template, type Templates, type Words } from '@/lib/imports/synthetic/phrases'
import { People } from './people'

/** What artists of a language call themselves and their music. An artist and all its titles share one. */
export type Language = {
  /** Artists of a hundred. */
  share: number
  titles: Phrases
  groups: Phrases
  orchestras: Template
  choirs: Template
  /** Given and family names that go together; several where they differ by gender. */
  people: People[]
  /** Where they play, and where they come from in English. */
  cities: { name: string; english: string }[]
  /** "Live in" a city. */
  live: Phrases
  /** What is added to the title of a film's music. */
  soundtrack: string
  /** What collections of the best-known songs are called. */
  hits: string[]
  /** What people call their playlists. */
  playlists: string[]
}

/** Ensembles of classical music are known by such names everywhere. */
const ensembles = {
  orchestra: list(`
    Philharmonic Orchestra, Symphony Orchestra, Chamber Orchestra, Radio Orchestra, Festival Orchestra, Sinfonietta,
    Camerata, Baroque Ensemble`),
  choir: list('Chamber Choir, Bach Choir, Radio Choir, Cathedral Choir, Vocal Ensemble, Youth Choir'),
}

/**
 * A language from its vocabulary. Lists are text with commas; a word with a slash gives its Latin or English form after
 * it: "Αθήνα/Athens".
 */
export function language(vocabulary: {
  share: number
  words: Words
  titles: Templates
  groups: Templates
  people: { given: string; family: string }[]
  /** East Asian names put the family first, without a space. */
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
