import { distance2, fromHex, type Oklab } from './oklab'

/**
 * Colours by name: the eleven that languages name first (Brent Berlin and Paul Kay, "Basic Color Terms", 1969), and two
 * that covers are full of. What is called so is told by the survey of 222,500 people on https://xkcd.com/color/rgb/ (in the
 * public domain): a colour has the name of whichever of these it looks most like, each with its light and dark kinds.
 */
const examples = {
  red: ['#e50000', '#ff474c', '#840000', '#be0119'],
  orange: ['#f97306', '#fdaa48', '#c65102'],
  yellow: ['#ffff14', '#fffe7a', '#d5b60a', '#fac205'],
  green: ['#15b01a', '#96f97b', '#033500', '#6e750e', '#789b73', '#89fe05'],
  teal: ['#029386', '#90e4c1', '#014d4e', '#06c2ac', '#00ffff'],
  blue: ['#0343df', '#95d0fc', '#00035b', '#75bbfd', '#5a7d9a', '#01153e'],
  purple: ['#7e1e9c', '#bf77f6', '#35063e', '#c79fef', '#9a0eea', '#380282'],
  pink: ['#ff81c0', '#ffd1df', '#cb416b', '#ff028d', '#c20078'],
  brown: ['#653700', '#ad8150', '#341c02', '#7f2b0a'],
  beige: ['#e6daa6', '#d1b26f', '#ffffc2'],
  black: ['#000000'],
  grey: ['#929591'],
  white: ['#ffffff'],
} as const satisfies Record<string, readonly string[]>

export type ColourName = keyof typeof examples

/** In the order in which people list them. A name's number is its place here, from 1: new ones go to the end. */
export const colourNames = Object.keys(examples) as ColourName[]

/** A colour that shows what a name means, as "#rrggbb". */
export const exampleOf = (name: ColourName): string => examples[name][0]

/** With less chroma than this, people see no hue. */
const GREY = 0.028
/** Half-way between black and the survey's dark grey (#363737), and between its light grey (#d8dcd6) and white. */
const [BLACK, WHITE] = [0.28, 0.94]
/** So dark, that there is a hue is not seen on a cover. */
const NIGHT = 0.16

const hueless: readonly ColourName[] = ['black', 'grey', 'white']
const points: { name: ColourName; at: Oklab }[] = colourNames
  .filter((name) => !hueless.includes(name))
  .flatMap((name) => examples[name].map((hex) => ({ name, at: named(fromHex(hex)) })))

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
