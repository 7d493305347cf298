import { type ColourName, colourNames } from './colour-names'

type Hex = `#${string}`
/** A name, or red, green and blue in hex: "#3366cc". */
export type ColourValue = ColourName | Hex

/** Other spellings of the names. */
const otherSpellings: Record<string, ColourName> = { gray: 'grey' }

/**
 * Parses a colour: a name, or hex such as "#36c" or "3366CC", in any case.
 * @returns a name or "#3366cc"; null for other text.
 */
export function parseColour(value: string): ColourValue | null {
  const text = value.trim().toLowerCase()
  const name =
    colourNames.find((each) => each === text) ?? (Object.hasOwn(otherSpellings, text) && otherSpellings[text])
  if (name) return name
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/.exec(text)?.[1]
  if (digits === undefined) return null
  return `#${digits.length === 3 ? digits.replaceAll(/./g, '$&$&') : digits}`
}

export const isHex = (colour: ColourValue): colour is Hex => colour.startsWith('#')
