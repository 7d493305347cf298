import { list } from './phrases'
import { type Random, weighted } from './random'

/** The kind of an artist, null if unknown, and the usual word for it. */
export type Lineup = { kind: 'person' | 'group' | 'orchestra' | 'choir' | 'character' | null; word: string }

/** Shares of artists in percent. */
export const makeups = {
  band: weighted<Lineup>([
    [64, { kind: 'group', word: 'band' }],
    [8, { kind: 'group', word: 'trio' }],
    [4, { kind: 'group', word: 'quartet' }],
    [20, { kind: 'person', word: 'multi-instrumentalist' }],
    [4, { kind: null, word: 'band' }],
  ]),
  singer: weighted<Lineup>([
    [68, { kind: 'person', word: 'singer' }],
    [12, { kind: 'group', word: 'duo' }],
    [15, { kind: 'group', word: 'group' }],
    [1, { kind: 'character', word: 'fictional singer' }],
    [4, { kind: null, word: 'singer' }],
  ]),
  producer: weighted<Lineup>([
    [30, { kind: 'person', word: 'producer' }],
    [45, { kind: 'group', word: 'project' }],
    [15, { kind: 'group', word: 'duo' }],
    [10, { kind: null, word: 'project' }],
  ]),
  classical: weighted<Lineup>([
    [45, { kind: 'person', word: 'pianist' }],
    [20, { kind: 'person', word: 'violinist' }],
    [15, { kind: 'group', word: 'quartet' }],
    [12, { kind: 'orchestra', word: 'orchestra' }],
    [8, { kind: 'choir', word: 'choir' }],
  ]),
} satisfies Record<string, readonly Lineup[]>

/** Genres that go together, with the kinds of artists that play them. */
export type Scene = {
  /** Share of artists in percent. */
  share: number
  /** The most common first. */
  genres: string[]
  makeup: keyof typeof makeups
}

const scene = (share: number, makeup: Scene['makeup'], genres: string): Scene => ({
  share,
  genres: list(genres),
  makeup,
})

const classicalScene = scene(5, 'classical', 'Classical, Chamber Music, Choral, Opera, Baroque, Minimalism')

const scenes = weighted(
  [
    scene(
      22,
      'band',
      'Rock, Indie Rock, Alternative Rock, Punk, Post-Punk, Progressive Rock, Psychedelic Rock, Shoegaze, Grunge, Garage Rock',
    ),
    scene(17, 'singer', 'Pop, Indie Pop, Synth-pop, Dream Pop, Chanson, Schlager, City Pop'),
    scene(
      14,
      'producer',
      'Electronic, Ambient, House, Techno, Drum and Bass, Trance, Downtempo, IDM, Dubstep, Electro',
    ),
    scene(10, 'singer', 'Hip-Hop, R&B, Trap, Boom Bap, Neo Soul'),
    scene(8, 'singer', 'Folk, Singer-Songwriter, Americana, Country, Bluegrass, Fado, Flamenco'),
    scene(8, 'band', 'Jazz, Bebop, Fusion, Swing, Free Jazz, Latin Jazz, Bossa Nova'),
    scene(7, 'band', 'Metal, Doom Metal, Black Metal, Death Metal, Post-Metal'),
    classicalScene,
    scene(5, 'band', 'Soul, Funk, Disco, Blues, Gospel'),
    scene(4, 'band', 'Reggae, Ska, Dub, Afrobeat, Cumbia, Tango, Rebetiko, Klezmer'),
  ].map((scene) => [scene.share, scene]),
)

/** A scene, and one to three of its genres, the main one first. */
export type Style = { scene: Scene; genres: string[] }

export const classical: Style = { scene: classicalScene, genres: classicalScene.genres.slice(0, 1) }

export function styleOf(random: Random): Style {
  const scene = random.pick(scenes)
  const genres = [genreOf(scene, random)]
  if (random.chance(55)) genres.push(genreOf(scene, random))
  if (random.chance(15)) genres.push(genreOf(random.pick(scenes), random))
  return { scene, genres: [...new Set(genres)] }
}

/** The smaller of two draws, so that the first genres of a scene are several times as common as the last. */
export function genreOf(scene: Scene, random: Random): string {
  const place = Math.min(random.below(scene.genres.length), random.below(scene.genres.length))
  return scene.genres[place] ?? scene.genres[0] ?? ''
}
