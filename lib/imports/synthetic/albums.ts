import type { CompleteAlbum } from '@/lib/imports/complete-records'
import type { Act } from './acts'
import { known, monthsBefore } from './dates'
import { discsOf, type Track } from './discs'
import { labels } from './labels'
import type { Day } from './profile'
import { weighted } from './random'
import { type AlbumContext, songOf } from './songs'
import { programmes } from './works'
import type { Credit, Records, World } from './world'

/** The content of an album by kind: new songs per disc, or earlier songs of the artist. */
type AlbumPlan = {
  kind: CompleteAlbum['kind']
  fresh: readonly [number, number]
  again?: readonly [number, number]
  /** Earlier songs that it needs; with fewer, the artist makes an album instead. */
  needs: number
  /** Discs; usually one. */
  discs: readonly number[]
}

const oneDisc = [1]
const severalDiscs = weighted([
  [91, 1],
  [8, 2],
  [1, 3],
])
const boxes = weighted([
  [75, 1],
  [17, 2],
  [6, 3],
  [1, 5],
  [1, 8],
])

const studio: AlbumPlan = { kind: 'album', fresh: [9, 15], needs: 0, discs: severalDiscs }

const plans = weighted<AlbumPlan>([
  [56, studio],
  [10, { kind: 'ep', fresh: [4, 6], needs: 0, discs: oneDisc }],
  [8, { kind: 'single', fresh: [1, 3], needs: 0, discs: oneDisc }],
  [8, { kind: 'live', fresh: [9, 16], needs: 8, discs: severalDiscs }],
  [10, { kind: 'compilation', fresh: [0, 1], again: [12, 20], needs: 14, discs: boxes }],
  [4, { kind: 'soundtrack', fresh: [10, 20], needs: 0, discs: oneDisc }],
  [4, { kind: 'other', fresh: [3, 7], needs: 0, discs: oneDisc }],
])

const editions = ['deluxe edition', 'remastered', 'mono', 'anniversary edition']
const others = ['demos', 'radio sessions', 'mixtape', 'remixes']

/** Generates a release: its new songs, then the album, then singles from it. */
export function* release(act: Act, date: Day, world: World): Records {
  const { random } = world
  const wish = random.pick(plans)
  const plan = act.songs.length < wish.needs ? studio : wish
  const discs = random.pick(plan.discs)

  const genres = random.chance(80) ? act.style.genres : act.style.genres.slice(0, 1)
  const setting: AlbumContext = { year: date.year, timed: !random.chance(3) }
  const title = titleOf(plan.kind, act, world)
  const fresh = Math.min(world.songsLeft, discs * random.between(...plan.fresh))
  const tracks = plan.again ? repeats(act, discs * random.between(...plan.again), world) : []
  const earlier = act.songs.length
  for (let made = 0; made < fresh; made++) {
    const song = songOf(act, plan.kind === 'live' ? liveSetting(act, setting, earlier, world) : setting, world)
    yield song
    tracks.push({ song: song.id })
  }
  if (tracks.length === 0) return

  yield albumOf(
    { kind: plan.kind, title: title ?? act.songs[earlier]?.title ?? '', date, genres, tracks, discs },
    act,
    world,
  )
  if (plan === studio && random.chance(12)) yield* singlesFrom(tracks, date, genres, act, world)
}

type AlbumContent = {
  kind: CompleteAlbum['kind']
  title: string
  date: Day
  genres: string[]
  tracks: Track[]
  discs: number
  credits?: Credit[]
}

export function albumOf(sleeve: AlbumContent, act: Act, world: World): CompleteAlbum {
  const { random } = world
  const { kind, title, date, genres, tracks, discs } = sleeve
  const titled = discs > 1 && random.chance(30)
  const mentioned = kind === 'other' ? random.pick(others) : random.chance(2) ? random.pick(editions) : ''
  return {
    type: 'album',
    id: String(world.albums++),
    title,
    disambiguation: mentioned,
    kind,
    date: known(date, random),
    label: random.chance(82) ? labels.pick(random) : null,
    credits: sleeve.credits ?? creditsOf(act, world),
    genres,
    discs: discsOf(tracks, discs, date.year, random, titled ? () => act.language.titles.pick(random) : undefined),
    externalIds: world.externalIds(50),
  }
}

/** Usually the artist alone, sometimes two artists. */
function creditsOf(act: Act, world: World): Credit[] {
  const { random } = world
  const other = random.chance(4) ? world.guests.get(act.language)?.pick(random) : undefined
  const [lead] = act.credits
  if (!lead || !other || other === lead.artist) return act.credits
  return [
    { ...lead, join: random.chance(70) ? ' & ' : ' / ' },
    { artist: other, join: '', role: 'artist' },
  ]
}

/** Null for an album named after a song on it, which has no title yet. */
function titleOf(kind: AlbumPlan['kind'], act: Act, world: World): string | null {
  const { random } = world
  const { language, style, record } = act
  const classical = style.scene.makeup === 'classical'
  const plain = () => (classical ? programmes : language.titles).pick(random)
  // Albums are not named after movements of a sonata.
  const namedAfterSong = (percent: number) => !classical && random.chance(percent)
  const titles: Record<AlbumPlan['kind'], () => string | null> = {
    album: () => (namedAfterSong(18) ? null : random.chance(4) ? record.name : plain()),
    ep: () => (namedAfterSong(30) ? null : random.chance(40) ? `${plain()} EP` : plain()),
    single: () => null,
    live: () => language.live.pick(random),
    compilation: () => (random.chance(70) ? random.pick(language.hits) : plain()),
    soundtrack: () => plain() + language.soundtrack,
    other: plain,
  }
  return titles[kind]()
}

/** A live recording of an earlier song, with the same title and its date. */
function liveSetting(act: Act, setting: AlbumContext, earlier: number, { random }: World): AlbumContext {
  const song = act.songs[random.below(earlier)]
  if (!song || random.chance(10)) return setting
  return { ...setting, title: song.title, disambiguation: `live, ${setting.year}` }
}

/** Distinct earlier songs of the artist; some mention that in their printed title. */
export function repeats(act: Act, count: number, { random }: World): Track[] {
  const { songs } = act
  const start = random.below(songs.length)
  const remastered = random.chance(15)
  return Array.from({ length: Math.min(count, songs.length) }, (_, index) => {
    const { key = '', title = '' } = songs[(start + index) % songs.length] ?? {}
    return remastered ? { song: key, title: `${title} (Remastered)` } : { song: key }
  })
}

/** Singles from an album, some months earlier, some in a shorter version. */
function* singlesFrom(tracks: Track[], date: Day, genres: string[], act: Act, world: World): Records {
  const { random } = world
  for (const track of tracks.slice(0, random.between(1, 2))) {
    const title = act.songs.find(({ key }) => key === track.song)?.title
    if (title === undefined) continue
    const shorter = { title: `${title} (Radio Edit)`, durationMs: random.between(150_000, 215_000) }
    const only = [random.chance(20) ? { ...track, ...shorter } : track]
    yield albumOf(
      { kind: 'single', title, date: monthsBefore(date, random.between(1, 5)), genres, tracks: only, discs: 1 },
      act,
      world,
    )
  }
}
