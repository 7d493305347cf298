/**
 * Colours by name: the eleven basic colour terms (Brent Berlin and Paul Kay, "Basic Color Terms", 1969), and two that are
 * frequent on covers. The examples, with light and dark shades, are from the survey of 222,500 people on
 * https://xkcd.com/color/rgb/ (public domain): a colour has the name of the example that it looks most like.
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

/** The stored number of a name is its position here, from 1: new names go to the end. */
export const colourNames = Object.keys(colourExamples) as ColourName[]

/** The number in `album_colour`. */
export const numberOfName = (name: ColourName): number => colourNames.indexOf(name) + 1

/** A typical colour of a name, as "#rrggbb". */
export const exampleOf = (name: ColourName): string => colourExamples[name][0]
