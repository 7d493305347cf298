import type { CompleteSong } from '@/lib/imports/complete-records'
import type { Act } from './acts'
import { genreOf } from './genres'
import { type Random, weighted } from './random'
import { pieces } from './works'
import type { Credit, World } from './world'

/**
 * Milliseconds: the sixteenths of a log-normal distribution with a median of 3:45 and a sigma of 0.33, ends cut. Songs
 * fall evenly between two neighbours.
 */
const LENGTHS = [80, 136, 154, 168, 180, 191, 202, 214, 225, 237, 250, 264, 281, 301, 329, 373, 560].map(
  (s) => s * 1000,
)

/** Join phrases between artist and guest. */
const joins = weighted([
  [70, ' feat. '],
  [20, ' & '],
  [10, ' x '],
])

const hands = weighted<Credit['role']>([
  [50, 'producer'],
  [20, 'remixer'],
  [15, 'composer'],
  [15, 'lyricist'],
])

/** The artist's songs that samplers may have; few, so that no artist fills a sampler. */
const SAMPLED = [1, 6, 12, 30]

/** Scenes where guests are common. */
const sociable = new Set<Act['style']['scene']['makeup']>(['singer', 'producer'])

function duration(act: Act, random: Random): number {
  const luck = random.below(1000)
  if (luck < 18) return random.between(18_000, 75_000)
  if (luck < 26) return random.between(600_000, 1_500_000)
  const sixteenth = random.below(LENGTHS.length - 1)
  const [from = 0, to = 0] = [LENGTHS[sixteenth], LENGTHS[sixteenth + 1]]
  const ms = random.between(from, to)
  return act.style.scene.makeup === 'classical' ? Math.round(ms * 1.5) : ms
}

/** A title in the artist's language, new if possible. */
function titleOf(act: Act, random: Random): string {
  const phrases = act.style.scene.makeup === 'classical' ? pieces : act.language.titles
  const title = phrases.pick(random)
  return act.titles.has(title) ? phrases.pick(random) : title
}

/** The artist, sometimes with a guest or a producer. */
function creditsOf(act: Act, world: World): Credit[] {
  const { random } = world
  const luck = random.below(100)
  const guest = luck < (sociable.has(act.style.scene.makeup) ? 12 : 4)
  const hand = !guest && luck >= 97
  const other = guest || hand ? world.guests.get(act.language)?.pick(random) : undefined
  const own = act.spelling && random.chance(30) ? { name: act.spelling } : {}
  const [lead] = act.credits
  if (!lead || (!other && !act.spelling)) return act.credits
  if (!other || other === lead.artist) return [{ ...lead, ...own }]
  if (hand)
    return [
      { ...lead, ...own },
      { artist: other, join: '', role: random.pick(hands) },
    ]
  const join = random.pick(joins)
  return [
    { ...lead, ...own, join },
    { artist: other, join: '', role: join === ' feat. ' ? 'featured' : 'artist' },
  ]
}

/** A song's properties that come from its album. */
export type AlbumContext = { year: number; timed: boolean; title?: string; disambiguation?: string }

/** Generates a song of the artist, and adds it to the artist's and the world's. */
export function songOf(act: Act, setting: AlbumContext, world: World): CompleteSong {
  const { random } = world
  const title = setting.title ?? titleOf(act, random)
  const key = String(world.songs++)
  // The most popular song has all the listens, the second a quarter, the third a ninth.
  const rank = random.between(1, 12 + Math.min(act.songs.length, 60))
  const listens = Math.floor((act.fame * random.between(70, 130)) / (100 * rank * rank))
  const song: CompleteSong = {
    type: 'song',
    id: key,
    title,
    disambiguation: setting.disambiguation ?? '',
    durationMs: setting.timed && random.below(100) > 0 ? duration(act, random) : null,
    composer: composerOf(act, random),
    listens,
    credits: creditsOf(act, world),
    genres: random.chance(6) ? [genreOf(act.style.scene, random)] : [],
    externalIds: world.externalIds(40),
  }
  act.songs.push({ key, title })
  act.titles.add(title)
  const sample = { key, year: setting.year, listens }
  if (SAMPLED.includes(act.songs.length)) world.sample(sample, act.style.scene)
  world.addForPlaylists(sample, act.language)
  return song
}

function composerOf({ writers }: Act, random: Random): string | null {
  if (writers.length === 0 || random.chance(15)) return null
  return random.chance(50) ? writers.join(', ') : (writers[0] ?? null)
}
