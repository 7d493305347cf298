import type { WholeAlbum } from '@/lib/imports/complete-records'
import type { Act } from './acts'
import { known, monthsBefore } from './dates'
import { discsOf, type Track } from './discs'
import { labels } from './labels'
import type { Day } from './profile'
import { weighted } from './random'
import { type Setting, songOf } from './songs'
import { programmes } from './works'
import type { Credit, Records, World } from './world'

/** What an album of a kind is made of: so many new songs a disc, or so many of the artist's own again. */
type Plan = {
  kind: WholeAlbum['kind']
  fresh: readonly [number, number]
  again?: readonly [number, number]
  /** Earlier songs that there must be; with fewer, the artist makes an album instead. */
  needs: number
  /** Discs: one is the rule. */
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

const studio: Plan = { kind: 'album', fresh: [9, 15], needs: 0, discs: severalDiscs }

const plans = weighted<Plan>([
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

/** One more release of an artist's: its new songs, then the album, then a single or two from it. */
export function* release(act: Act, date: Day, world: World): Records {
  const { random } = world
  const wish = random.pick(plans)
  const plan = act.songs.length < wish.needs ? studio : wish
  const discs = random.pick(plan.discs)

  const genres = random.chance(80) ? act.style.genres : act.style.genres.slice(0, 1)
  const setting: Setting = { year: date.year, timed: !random.chance(3) }
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

type Sleeve = {
  kind: WholeAlbum['kind']
  title: string
  date: Day
  genres: string[]
  tracks: Track[]
  discs: number
  credits?: Credit[]
}

/** The album with what its sleeve says. */
export function albumOf(sleeve: Sleeve, act: Act, world: World): WholeAlbum {
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

/** Nearly always the artist alone; sometimes two share a sleeve. */
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

/** Null for one that is called like a song on it, which is not written yet. */
function titleOf(kind: Plan['kind'], act: Act, world: World): string | null {
  const { random } = world
  const { language, style, record } = act
  const classical = style.scene.makeup === 'classical'
  const plain = () => (classical ? programmes : language.titles).pick(random)
  // Nobody calls an album like a movement of a sonata.
  const likeASong = (percent: number) => !classical && random.chance(percent)
  const titles: Record<Plan['kind'], () => string | null> = {
    album: () => (likeASong(18) ? null : random.chance(4) ? record.name : plain()),
    ep: () => (likeASong(30) ? null : random.chance(40) ? `${plain()} EP` : plain()),
    single: () => null,
    live: () => language.live.pick(random),
    compilation: () => (random.chance(70) ? random.pick(language.hits) : plain()),
    soundtrack: () => plain() + language.soundtrack,
    other: plain,
  }
  return titles[kind]()
}

/** A new recording of an earlier song: a song of the same title that says when it was played. */
function liveSetting(act: Act, setting: Setting, earlier: number, { random }: World): Setting {
  const song = act.songs[random.below(earlier)]
  if (!song || random.chance(10)) return setting
  return { ...setting, title: song.title, disambiguation: `live, ${setting.year}` }
}

/** Songs of the artist's that were on other albums, each once; some say so in their printed title. */
export function repeats(act: Act, count: number, { random }: World): Track[] {
  const { songs } = act
  const start = random.below(songs.length)
  const remastered = random.chance(15)
  return Array.from({ length: Math.min(count, songs.length) }, (_, index) => {
    const { key = '', title = '' } = songs[(start + index) % songs.length] ?? {}
    return remastered ? { song: key, title: `${title} (Remastered)` } : { song: key }
  })
}

/** One or two songs of an album by themselves, some months before it, in a shorter version or the same. */
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
