/**
 * Colours by name: the eleven that languages name first (Brent Berlin and Paul Kay, "Basic Color Terms", 1969), and two
 * that covers are full of. What is called so is told by the survey of 222,500 people on https://xkcd.com/color/rgb/ (in the
 * public domain): a colour has the name of whichever of these it looks most like, each with its light and dark kinds.
 */
export const colourExamples = {
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

export type ColourName = keyof typeof colourExamples

/** In the order in which people list them. A name's number is its place here, from 1: new ones go to the end. */
export const colourNames = Object.keys(colourExamples) as ColourName[]

/** As `album_colour` has it. */
export const numberOfName = (name: ColourName): number => colourNames.indexOf(name) + 1

/** A colour that shows what a name means, as "#rrggbb". */
export const exampleOf = (name: ColourName): string => colourExamples[name][0]
