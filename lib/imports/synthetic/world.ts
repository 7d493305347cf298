import type { WholeRecord, WholeSong } from '@/lib/imports/complete-records'
import type { Scene } from './genres'
import type { Language } from './languages/language'
import { languages } from './languages/languages'
import { Names } from './names'
import type { Profile } from './profile'
import { Random, weighted } from './random'
import { Recent } from './recent'

export type Records = Generator<WholeRecord>
export type Credit = WholeSong['credits'][number]

/** A song that others may collect. */
export type Sample = { key: string; year: number; listens: number }

/** As many as a collection needs to look mixed. */
const GUESTS = 64
const SAMPLES = 256

const tongues = weighted(languages.map((language) => [language.share, language]))

/**
 * What has been made so far, as far as what comes next needs it. Of songs and artists it keeps the latest few and the
 * number of all, never all: so a catalogue of any size needs no more memory than a small one.
 */
export class World {
  readonly random: Random
  songs = 0
  albums = 0
  artists = 0
  /** Collections of many artists. */
  samplers = 0
  /** The keys of artists that others may invite. */
  readonly guests = new Map(languages.map((language) => [language, new Recent<string>(GUESTS)]))
  readonly favourites = new Map(languages.map((language) => [language, new Recent<Sample>(SAMPLES)]))
  readonly scenes = new Map<Scene, Recent<Sample>>()
  readonly #names = new Map<Language, Names>()
  readonly #genres = new Set<string>()

  constructor(
    readonly profile: Profile,
    readonly wantedSongs: number,
    seed: number,
  ) {
    this.random = new Random(seed)
  }

  get songsLeft(): number {
    return this.wantedSongs - this.songs
  }

  language(): Language {
    return this.random.pick(tongues)
  }

  names(language: Language): Names {
    const names = this.#names.get(language) ?? new Names(language, this.random)
    this.#names.set(language, names)
    return names
  }

  /** A song for the collections of its scene to find. */
  sample(song: Sample, scene: Scene): void {
    const samples = this.scenes.get(scene) ?? new Recent<Sample>(SAMPLES)
    this.scenes.set(scene, samples)
    samples.add(song)
  }

  /** A song for playlists to find, where it beats another of its language. */
  favour(song: Sample, language: Language): void {
    this.favourites.get(language)?.challenge(song, this.random, (a, b) => a.listens > b.listens)
  }

  /** The records of genres that are named for the first time. */
  *introduce(genres: readonly string[]): Records {
    for (const name of genres) {
      if (this.#genres.has(name)) continue
      this.#genres.add(name)
      yield { type: 'genre', name }
    }
  }

  /** Some things have an id of MusicBrainz. */
  externalIds(percent: number): { source: string; value: string }[] {
    return this.random.chance(percent) ? [{ source: 'musicbrainz', value: this.random.uuid() }] : []
  }
}
