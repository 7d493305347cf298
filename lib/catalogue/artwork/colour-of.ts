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

type Hex = `#${string}`
/** A name, or red, green and blue in hex: "#3366cc". */
export type AskedColour = ColourName | Hex

/** What people write for names here that are spelt otherwise. */
const otherSpellings: Record<string, ColourName> = { gray: 'grey' }

/**
 * The colour that somebody asks for: its name, or red, green and blue in hex, "#36c" and "3366CC" too, in either case.
 * @returns a name, or "#3366cc"; null for what is neither.
 */
export function readColour(asked: string): AskedColour | null {
  const text = asked.trim().toLowerCase()
  const name =
    colourNames.find((each) => each === text) ?? (Object.hasOwn(otherSpellings, text) && otherSpellings[text])
  if (name) return name
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/.exec(text)?.[1]
  if (digits === undefined) return null
  return `#${digits.length === 3 ? digits.replaceAll(/./g, '$&$&') : digits}`
}

export const isHex = (colour: AskedColour): colour is Hex => colour.startsWith('#')
