import type { CompleteArtist } from '@/lib/imports/complete-records'
import type { Act } from './acts'
import { albumOf } from './albums'
import { dayWithin } from './dates'
import { Phrases } from './phrases'
import type { Records, World } from './world'

/** The credit of an album by many artists. */
const VARIOUS: CompleteArtist = {
  type: 'artist',
  id: 'various',
  name: 'Various Artists',
  sortName: undefined,
  disambiguation: '',
  kind: 'other',
  externalIds: [],
}

/** Minimum songs of a sampler. */
const MIN_SONGS = 10
/** Years that a sampler covers. */
const LOOKS_BACK = 6

const titles = (genre: string) =>
  new Phrases(
    { genre: [genre], volume: ['1', '2', '3', '4', '5'], time: ['Sunday', 'Midnight', 'Summer', 'Winter', 'Morning'] },
    {
      'The Best of {genre}': 2,
      'The Best of {genre}, Vol. {volume}': 4,
      '{genre} Essentials': 3,
      '{time} {genre}': 5,
      '100% {genre}': 1,
      'This Is {genre}, Vol. {volume}': 2,
      'Greatest Hits': 1,
    },
  )

/** Generates a sampler: songs of an artist's scene in some years, by as many artists as possible. */
export function* sampler(act: Act, world: World): Records {
  const { random, profile } = world
  const samples = world.scenes.get(act.style.scene)
  const year = samples?.pick(random)?.year
  if (!samples || !year) return
  const discs = random.chance(35) ? 2 : 1
  const songs = samples
    .sample(samples.size, random)
    .filter((song) => song.year <= year && song.year > year - LOOKS_BACK)
    .slice(0, discs * random.between(12, 20))
  if (songs.length < MIN_SONGS) return
  if (world.samplers++ === 0) yield VARIOUS
  const genres = act.style.genres.slice(0, 1)
  const yearEnd = { year, month: 12, day: 28 }
  const date = dayWithin({ year, month: 1, day: 1 }, year < profile.today.year ? yearEnd : profile.today, 0, 1, random)
  yield albumOf(
    {
      kind: 'compilation',
      title: titles(genres[0] ?? '').pick(random),
      date,
      genres,
      tracks: songs.map(({ key }) => ({ song: key })),
      discs,
      credits: [{ artist: VARIOUS.id, join: '', role: 'artist' }],
    },
    act,
    world,
  )
}
