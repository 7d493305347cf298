import { type ColourName, colourNames } from './colour-names'

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
