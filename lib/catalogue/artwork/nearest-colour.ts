import { type ColourName, colourExamples, colourNames } from './colour-names'
import { distance2, fromHex, type Oklab } from './oklab'

/** Below this chroma, people see no hue. */
const GREY = 0.028
/** Halfway from black to the survey's dark grey (#363737), and from its light grey (#d8dcd6) to white. */
const [BLACK, WHITE] = [0.28, 0.94]
/** Below this lightness, no hue is visible on a cover. */
const NIGHT = 0.16

const hueless: readonly ColourName[] = ['black', 'grey', 'white']
const points: { name: ColourName; at: Oklab }[] = colourNames
  .filter((name) => !hueless.includes(name))
  .flatMap((name) => colourExamples[name].map((hex) => ({ name, at: weighted(fromHex(hex)) })))

/** Lightness counts less than hue: light blue is closer to dark blue than to another light colour. */
function weighted([lightness, a, b]: Oklab): Oklab {
  return [lightness * 0.6, a, b]
}

/** The name of a colour. */
export function nameOf(colour: Oklab): ColourName {
  const [lightness, a, b] = colour
  if (lightness < NIGHT) return 'black'
  if (Math.hypot(a, b) < GREY) return lightness < BLACK ? 'black' : lightness > WHITE ? 'white' : 'grey'
  const at = weighted(colour)
  const distances = points.map((point) => distance2(point.at, at))
  return points[distances.indexOf(Math.min(...distances))]?.name ?? 'grey'
}
