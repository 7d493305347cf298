import type { CompletePlaylist } from '@/lib/imports/complete-records'
import { styleOf } from './genres'
import type { Language } from './languages/language'
import { writer } from './names'
import type { Random } from './random'
import type { Records, World } from './world'

type Item = CompletePlaylist['items'][number]

/** A small catalogue has a playlist per 20 songs, a medium one a few hundred, a large one another per 2,000 songs. */
const playlistCount = (songs: number): number => Math.min(Math.floor(songs / 20), 200 + Math.floor(songs / 2_000))

const MIN_ITEMS = 6
const MAX_ITEMS = 1_000
/** Percent. */
const EMPTY = 3
const WITH_TEXT_ITEMS = 8

/** Generates the playlists, after all songs. */
export function* playlists(world: World): Records {
  const { random, profile } = world
  const count = playlistCount(world.songs)
  for (let number = 0; number < count; number++) {
    const language = world.language()
    const longest = number === 0
    yield {
      type: 'playlist',
      id: String(number),
      name: longest ? 'Everything, Shuffled' : nameOf(language, profile.today.year, random),
      description: '',
      revision: random.between(1, 40),
      items: longest ? everything(Math.min(profile.longestPlaylist, world.songs), world) : itemsOf(language, world),
      externalIds: [],
    }
  }
}

/** A playlist's name: a purpose, a genre or a song's title. Many repeat. */
function nameOf(language: Language, year: number, random: Random): string {
  const purpose = random.pick(language.playlists)
  const luck = random.below(100)
  if (luck < 40) return purpose
  if (luck < 55) return `${purpose} ${year - random.below(12)}`
  if (luck < 60) return `${purpose} ${random.between(2, 4)}`
  return luck < 80 ? styleOf(random).genres.join(' + ') : language.titles.pick(random)
}

/** Distinct songs of the whole catalogue, in a scattered order. */
function everything(count: number, { songs, random }: World): Item[] {
  const start = random.below(songs)
  // A prime that does not divide the number of songs visits each of them.
  const stride = [7_919, 104_729].find((prime) => songs % prime !== 0) ?? 1
  return Array.from({ length: count }, (_, index) => ({ song: String((start + index * stride) % songs) }))
}

/** Mostly popular songs in its language, then popular songs in others, then any. Few playlists are long. */
function itemsOf(language: Language, world: World): Item[] {
  const { random } = world
  if (random.chance(EMPTY)) return []
  const size = Math.min(MAX_ITEMS, Math.floor((MIN_ITEMS * 0x1_0000_0000) / (random.next() + 1)))
  const chosen = new Set<string>()
  for (let draw = 0; draw < size; draw++) {
    const liked = random.chance(65) ? language : random.chance(50) ? world.language() : undefined
    const song = liked && world.favourites.get(liked)?.pick(random)
    chosen.add(song?.key ?? String(random.below(world.songs)))
  }
  const textual = random.chance(WITH_TEXT_ITEMS)
  return [...chosen].map((song) => (textual && random.chance(15) ? textItem(language, random) : { song }))
}

/** A song that the catalogue does not have. */
function textItem(language: Language, random: Random): Item {
  const title = language.titles.pick(random)
  const artist = writer(language, random).name
  return random.chance(50) ? { title, artist } : { title, artist, album: language.titles.pick(random) }
}
