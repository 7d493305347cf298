import type { CompleteRecord, CompleteSong } from '@/lib/imports/complete-records'
import type { Scene } from './genres'
import type { Language } from './languages/language'
import { languages } from './languages/languages'
import { Names } from './names'
import type { Profile } from './profile'
import { Random, weighted } from './random'
import { Recent } from './recent'

export type Records = Generator<CompleteRecord>
export type Credit = CompleteSong['credits'][number]

/** A song that samplers may have. */
export type Sample = { key: string; year: number; listens: number }

/** Enough for a varied sampler. */
const GUESTS = 64
const SAMPLES = 256

const tongues = weighted(languages.map((language) => [language.share, language]))

/**
 * The state of the generator. It keeps counts and recent songs and artists, not all of them, so memory does not grow with
 * the catalogue.
 */
export class World {
  readonly random: Random
  songs = 0
  albums = 0
  artists = 0
  /** The number of samplers. */
  samplers = 0
  /** Keys of possible guests. */
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

  /** Adds a song for the samplers of its scene. */
  sample(song: Sample, scene: Scene): void {
    const samples = this.scenes.get(scene) ?? new Recent<Sample>(SAMPLES)
    this.scenes.set(scene, samples)
    samples.add(song)
  }

  /** Adds a song for playlists if it is more popular than another one of its language. */
  addForPlaylists(song: Sample, language: Language): void {
    this.favourites.get(language)?.challenge(song, this.random, (a, b) => a.listens > b.listens)
  }

  /** The records of genres that are new. */
  *introduce(genres: readonly string[]): Records {
    for (const name of genres) {
      if (this.#genres.has(name)) continue
      this.#genres.add(name)
      yield { type: 'genre', name }
    }
  }

  /** A MusicBrainz id, for some things. */
  externalIds(percent: number): { source: string; value: string }[] {
    return this.random.chance(percent) ? [{ source: 'musicbrainz', value: this.random.uuid() }] : []
  }
}
