import { distance2, type Oklab, toHex, toOklab } from '@/lib/catalogue/artwork/oklab'

/** A colour of a picture as "#rrggbb", and its share of the picture from 0 to 1. */
export type Colour = { hex: string; share: number }

export const MAX_COLOURS = 5
/** Initial groups: more than the result has, because some are merged. */
const GROUPS = 8
const ROUNDS = 8
/** Groups closer than this look like one colour. (The smallest visible difference is about 0.02.) */
const ALIKE = 0.09
/** Colours with a smaller share are dropped. */
const LEAST_SHARE = 0.02

/**
 * The main colours of a picture, largest share first. Its pixels are divided by median cut (Paul Heckbert, "Color Image
 * Quantization for Frame Buffer Display", 1982), and the groups are refined by k-means (Stuart Lloyd, "Least Squares
 * Quantization in PCM", 1982), both in OKLab. The result is deterministic.
 * @param pixels red, green and blue of each pixel, 0 to 255; a few thousand pixels are enough.
 */
export function dominantColours(pixels: Uint8Array): Colour[] {
  const colours = Array.from({ length: Math.floor(pixels.length / 3) }, (_, index) =>
    toOklab(pixels[index * 3] ?? 0, pixels[index * 3 + 1] ?? 0, pixels[index * 3 + 2] ?? 0),
  )
  let groups = medianCut(colours)
  for (let round = 0; round < ROUNDS; round++) groups = nearest(colours, groups.map(meanOf))
  return merged(groups)
    .map((group) => ({ hex: toHex(meanOf(group)), share: round3(group.length / colours.length) }))
    .filter(({ share }, index) => index === 0 || share >= LEAST_SHARE)
    .slice(0, MAX_COLOURS)
}

const round3 = (share: number): number => Math.round(share * 1000) / 1000

function medianCut(colours: Oklab[]): Oklab[][] {
  const groups = [colours]
  while (groups.length < GROUPS) {
    // The group with the widest axis, weighted by its size.
    const [widest] = groups
      .map((group, index) => ({ group, index, ...widestAxis(group) }))
      .sort((one, other) => other.width * other.group.length - one.width * one.group.length)
    if (!widest || widest.width === 0) break
    const sorted = widest.group.toSorted((one, other) => one[widest.axis] - other[widest.axis])
    const middle = Math.ceil(sorted.length / 2)
    groups.splice(widest.index, 1, sorted.slice(0, middle), sorted.slice(middle))
  }
  return groups
}

function widestAxis(group: Oklab[]): { axis: 0 | 1 | 2; width: number } {
  const widths = ([0, 1, 2] as const).map((axis) => {
    const values = group.map((colour) => colour[axis])
    const [least, most] = values.reduce(([low, high], each) => [Math.min(low, each), Math.max(high, each)], [
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ] as [number, number])
    return { axis, width: most - least }
  })
  return widths.reduce((one, other) => (other.width > one.width ? other : one))
}

/** Groups colours by their nearest centre, without empty groups. */
function nearest(colours: Oklab[], centres: Oklab[]): Oklab[][] {
  const groups = centres.map((): Oklab[] => [])
  for (const colour of colours) {
    let best = 0
    let least = Number.POSITIVE_INFINITY
    for (const [index, centre] of centres.entries()) {
      const distance = distance2(colour, centre)
      if (distance < least) {
        best = index
        least = distance
      }
    }
    groups[best]?.push(colour)
  }
  return groups.filter((group) => group.length > 0)
}

/** Merges groups that look alike. Largest first. */
function merged(groups: Oklab[][]): Oklab[][] {
  const distinct: Oklab[][] = []
  for (const group of groups.toSorted((one, other) => other.length - one.length)) {
    const alike = distinct.find((each) => distance2(meanOf(each), meanOf(group)) < ALIKE ** 2)
    if (alike) alike.push(...group)
    else distinct.push(group)
  }
  return distinct.toSorted((one, other) => other.length - one.length)
}

function meanOf(group: Oklab[]): Oklab {
  const sum: [number, number, number] = [0, 0, 0]
  for (const [lightness, a, b] of group) {
    sum[0] += lightness
    sum[1] += a
    sum[2] += b
  }
  return [sum[0] / group.length, sum[1] / group.length, sum[2] / group.length]
}
