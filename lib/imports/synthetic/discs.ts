import type { CompleteAlbum } from '@/lib/imports/complete-records'
import { type Random, weighted } from './random'

export type Disc = CompleteAlbum['discs'][number]
export type Track = Disc['tracks'][number]

/** Formats of discs, until the year. */
const eras: { until: number; formats: readonly string[] }[] = [
  {
    until: 1979,
    formats: weighted([
      [80, '12" Vinyl'],
      [10, '10" Vinyl'],
      [10, ''],
    ]),
  },
  {
    until: 1988,
    formats: weighted([
      [60, '12" Vinyl'],
      [30, 'Cassette'],
      [10, 'CD'],
    ]),
  },
  {
    until: 2006,
    formats: weighted([
      [85, 'CD'],
      [5, '12" Vinyl'],
      [10, ''],
    ]),
  },
  {
    until: Number.POSITIVE_INFINITY,
    formats: weighted([
      [55, 'Digital Media'],
      [25, 'CD'],
      [20, '12" Vinyl'],
    ]),
  },
]

const SIDES = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** Track numbers of a record or cassette, with half of the tracks on each side: "A1" to "B6". */
function sideNumber(disc: number, index: number, tracks: number): string {
  const half = Math.ceil(tracks / 2)
  const side = index < half ? 0 : 1
  return `${SIDES[(disc * 2 + side) % SIDES.length]}${index - side * half + 1}`
}

/**
 * Distributes an album's tracks evenly over discs.
 * @param title the title of a disc, from 0; "" for none.
 */
export function discsOf(
  tracks: Track[],
  count: number,
  year: number,
  random: Random,
  title: (disc: number) => string = () => '',
): Disc[] {
  const era = eras.find(({ until }) => year <= until)
  const format = era ? random.pick(era.formats) : ''
  const sided = format.endsWith('Vinyl')
  const size = Math.ceil(tracks.length / count)
  return Array.from({ length: Math.ceil(tracks.length / size) }, (_, disc) => {
    const own = tracks.slice(disc * size, (disc + 1) * size)
    return {
      position: disc + 1,
      title: title(disc),
      format,
      tracks: sided ? own.map((track, index) => ({ ...track, number: sideNumber(disc, index, own.length) })) : own,
    }
  })
}
