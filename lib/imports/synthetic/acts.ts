import type { CompleteArtist } from '@/lib/imports/complete-records'
import { type Lineup, makeups, type Style, styleOf } from './genres'
import type { Language } from './languages/language'
import { type Name, writer } from './names'
import { list } from './phrases'
import type { Day } from './profile'
import { type Random, weighted } from './random'
import type { Credit, World } from './world'

/** A generated artist, with what its songs and albums need of it. */
export type Act = {
  record: CompleteArtist
  language: Language
  style: Style
  /** Listens to its best-known song. */
  fame: number
  /** Its first record and its last. */
  active: { from: Day; to: Day }
  /** Another spelling on sleeves: "M. Keller". */
  spelling: string | null
  /** The writer of its songs, if known. */
  writers: string[]
  /** Its credit when it plays alone. */
  credits: Credit[]
  /** Its songs so far. */
  songs: { key: string; title: string }[]
  titles: Set<string>
}

const LISTENS = 40_000_000
const FIRST_YEAR = 1952
const LONGEST_CAREER = 36

/** Years between an artist's first record and its last. */
const careers = weighted([
  [30, 2],
  [30, 6],
  [25, 14],
  [15, LONGEST_CAREER],
])

/** Name lists by kind of artist. */
const bearers = {
  person: 'person',
  character: 'person',
  group: 'group',
  orchestra: 'orchestra',
  choir: 'choir',
} as const

/** Common names in any language. */
const evergreens = list(
  'Nova, The Echoes, Luna, Phoenix, Atlas, Mirage, Eden, Aurora, Orion, Zero, Vega, Iris, Delta, Solaris, Polaris, Echo',
)
const EVERGREEN = 3

/** Generates an artist; language, style and makeup are random unless given. */
export function actOf(world: World, options: { language?: Language; style?: Style; makeup?: Lineup } = {}): Act {
  const { random } = world
  const language = options.language ?? world.language()
  const style = options.style ?? styleOf(random)
  const makeup = options.makeup ?? random.pick(makeups[style.scene.makeup])
  const named = random.chance(EVERGREEN) ? evergreen(random) : world.names(language)[bearers[makeup.kind ?? 'person']]()
  const active = years(world)
  const record: CompleteArtist = {
    type: 'artist',
    id: String(world.artists++),
    name: named.name,
    sortName: named.sortName,
    disambiguation: named.common ? disambiguation(makeup, style, language, active, random) : '',
    kind: makeup.kind,
    externalIds: world.externalIds(60),
  }
  return {
    record,
    language,
    style,
    fame: Math.min(LISTENS, Math.floor((world.profile.leastFame * 0x1_0000_0000) / (random.next() + 1))),
    active,
    spelling: random.chance(12) && named.short !== named.name ? named.short : null,
    writers: random.chance(35) ? Array.from({ length: random.between(1, 3) }, () => writer(language, random).name) : [],
    credits: [{ artist: record.id, join: '', role: 'artist' }],
    songs: [],
    titles: new Set(),
  }
}

function evergreen(random: Random): Name {
  const name = random.pick(evergreens)
  return { name, short: name, common: true }
}

/** Distinguishes artists of the same name: "folk duo from Valparaíso", or "founded 1962" if the name has the city. */
function disambiguation(
  makeup: Lineup,
  style: Style,
  language: Language,
  { from }: Act['active'],
  random: Random,
): string {
  if (makeup.kind === 'orchestra' || makeup.kind === 'choir') return `founded ${from.year}`
  const [genre = ''] = style.genres
  // "punk", but "R&B".
  return `${genre === genre.toUpperCase() ? genre : genre.toLowerCase()} ${makeup.word} from ${random.pick(language.cities).english}`
}

/** The smaller of two draws of years ago, because most records are recent. */
function years({ profile: { today }, random }: World): Act['active'] {
  const span = today.year - FIRST_YEAR + 1
  const from = today.year - Math.min(random.below(span), random.below(span))
  const to = Math.min(today.year, from + random.below(random.pick(careers)))
  return {
    from: { year: from, month: 1, day: 1 },
    to: to === today.year ? today : { year: to, month: 12, day: 28 },
  }
}
