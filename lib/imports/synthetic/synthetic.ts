import type { CompleteRecord } from '@/lib/imports/complete-records'
import { type Act, actOf } from './acts'
import { release } from './albums'
import { dayWithin } from './dates'
import { playlists } from './playlists'
import { type Profile, wholeCatalogue } from './profile'
import { prolificArtist } from './prolific'
import { weighted } from './random'
import { sampler } from './samplers'
import { songOf } from './songs'
import { type Records, World } from './world'

/** Albums per artist by Zipf's law with exponent 2: three of five artists have one, one of a hundred has dozens. */
const outputs = weighted(
  Array.from({ length: 60 }, (_, index) => index + 1).map((albums) => [Math.round(3_600 / (albums * albums)), albums]),
)

/** Percent of artists that are only guests, and of artists whose songs are on no album. */
const GUESTS_ONLY = 5
const WITHOUT_ALBUM = 1
/** Percent of artists that are followed by a sampler. */
const SAMPLED = 16

/** The exact number of songs (with about a tenth as many albums), and the seed, an integer. */
export type SyntheticOptions = { songs: number; seed: number; profile?: Profile }

/**
 * Generates a catalogue with the distributions of real ones. The same options give the same records on every machine.
 * Records refer only to earlier ones, and none is kept, so memory does not grow with `songs`.
 */
export function* synthetic({ songs, seed, profile = wholeCatalogue }: SyntheticOptions): Generator<CompleteRecord> {
  const world = new World(profile, songs, seed)
  for (const record of records(world)) {
    if ('genres' in record) yield* world.introduce(record.genres)
    yield record
  }
}

function* records(world: World): Records {
  yield* prolificArtist(world)
  while (world.songsLeft > 0) yield* artist(world)
  yield* playlists(world)
}

/** Generates an artist with all its songs and albums, and sometimes a sampler of its scene. */
function* artist(world: World): Records {
  const { random } = world
  const act = actOf(world)
  yield act.record
  const luck = random.below(100)
  if (luck >= GUESTS_ONLY + WITHOUT_ALBUM) yield* discography(act, world)
  else if (luck >= GUESTS_ONLY) yield* looseSongs(act, world)
  world.guests.get(act.language)?.add(act.record.id)
  if (random.chance(SAMPLED)) yield* sampler(act, world)
}

function* discography(act: Act, world: World): Records {
  const { random } = world
  const albums = random.pick(outputs)
  for (let number = 0; number < albums && world.songsLeft > 0; number++)
    yield* release(act, dayWithin(act.active.from, act.active.to, number, albums, random), world)
}

function* looseSongs(act: Act, world: World): Records {
  for (let songs = Math.min(world.songsLeft, world.random.between(1, 4)); songs > 0; songs--)
    yield songOf(act, { year: act.active.from.year, timed: true }, world)
}
