import { type ColourName, colourExamples, colourNames } from './colour-names'
import { distance2, fromHex, type Oklab } from './oklab'

/** With less chroma than this, people see no hue. */
const GREY = 0.028
/** Half-way between black and the survey's dark grey (#363737), and between its light grey (#d8dcd6) and white. */
const [BLACK, WHITE] = [0.28, 0.94]
/** So dark, that there is a hue is not seen on a cover. */
const NIGHT = 0.16

const hueless: readonly ColourName[] = ['black', 'grey', 'white']
const points: { name: ColourName; at: Oklab }[] = colourNames
  .filter((name) => !hueless.includes(name))
  .flatMap((name) => colourExamples[name].map((hex) => ({ name, at: named(fromHex(hex)) })))

/** A name is of the hue first: light and dark blue are further apart than their hues from others. */
function named([lightness, a, b]: Oklab): Oklab {
  return [lightness * 0.6, a, b]
}

/** What a colour is called. */
export function nameOf(colour: Oklab): ColourName {
  const [lightness, a, b] = colour
  if (lightness < NIGHT) return 'black'
  if (Math.hypot(a, b) < GREY) return lightness < BLACK ? 'black' : lightness > WHITE ? 'white' : 'grey'
  const at = named(colour)
  const distances = points.map((point) => distance2(point.at, at))
  return points[distances.indexOf(Math.min(...distances))]?.name ?? 'grey'
}
