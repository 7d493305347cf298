import { type Act, actOf } from './acts'
import { albumOf, repeats } from './albums'
import { dayWithin } from './dates'
import { classical } from './genres'
import { english } from './languages/english'
import { weighted } from './random'
import { songOf } from './songs'
import { programmes } from './works'
import type { Records, World } from './world'

/** New recordings per album; the others were on earlier albums. */
const FRESH = 2
const CONDUCTORS = 12
const conductor = { kind: 'person', word: 'conductor' } as const
const FOUNDED = 1948

const kinds = weighted([
  [55, 'live'],
  [35, 'album'],
  [10, 'compilation'],
] as const)

/** A broadcaster's orchestra with an album of every concert: an artist with hundreds of pages of albums. */
export function* prolificArtist(world: World): Records {
  const { random, profile } = world
  const { albumsPerSong, albums } = profile.prolific
  const count = Math.min(albums, Math.floor(world.wantedSongs * albumsPerSong))
  if (count === 0) return

  const orchestra = orchestraOf(world)
  yield orchestra.record
  const conductors = Array.from(
    { length: CONDUCTORS },
    () => actOf(world, { style: classical, makeup: conductor }).record,
  )
  yield* conductors

  for (let number = 0; number < count && world.songsLeft > 0; number++) {
    const date = dayWithin(orchestra.active.from, orchestra.active.to, number, count, random)
    const tracks = orchestra.songs.length > 0 ? repeats(orchestra, random.between(4, 10), world) : []
    for (let fresh = Math.min(FRESH, world.songsLeft); fresh > 0; fresh--) {
      const song = songOf(orchestra, { year: date.year, timed: true }, world)
      yield song
      tracks.unshift({ song: song.id })
    }
    yield albumOf(
      {
        kind: random.pick(kinds),
        title: random.chance(40) ? `Radio Concerts, Vol. ${number + 1}` : programmes.pick(random),
        date,
        genres: classical.genres,
        tracks,
        discs: 1,
        credits: [...orchestra.credits, { artist: random.pick(conductors).id, join: '', role: 'conductor' }],
      },
      orchestra,
      world,
    )
  }
}

function orchestraOf(world: World): Act {
  const act = actOf(world, { language: english, style: classical, makeup: { kind: 'orchestra', word: 'orchestra' } })
  return {
    ...act,
    record: {
      ...act.record,
      name: 'Northern Radio Orchestra',
    },
    active: { from: { year: FOUNDED, month: 1, day: 1 }, to: world.profile.today },
    spelling: null,
  }
}
