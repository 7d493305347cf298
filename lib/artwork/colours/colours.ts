import { colourNames, numberOfName } from '@/lib/catalogue/artwork/colour-names'
import { cellOf, cellsNear } from './cells'
import type { Colour } from './dominant'
import { nameOf } from './names'
import { fromHex } from './oklab'

/**
 * The colours that albums are listed by, each a small number: names from 1, cells of the colour space from 100. Numbers are
 * stored (`album_colour`), so what one means never changes.
 */

const FIRST_CELL = 100

/** What has less of a picture is not what one would look for it by. */
const MATTERS = 0.08

/** The numbers of the colours that a picture is listed under, in ascending order. */
export function coloursListed(colours: readonly Colour[]): number[] {
  const numbers = colours
    .filter(({ share }, index) => index === 0 || share >= MATTERS)
    .flatMap(({ hex }) => {
      const colour = fromHex(hex)
      return [numberOfName(nameOf(colour)), ...[...cellsNear(colour)].map((cell) => FIRST_CELL + cell)]
    })
  return [...new Set(numbers)].sort((one, other) => one - other)
}

/**
 * The number of what somebody asks for: a name, or a colour as "#rrggbb" or "rrggbb", in either case.
 * @returns null for what is neither.
 */
export function colourNumber(asked: string): number | null {
  const text = asked.trim().toLowerCase()
  const name = colourNames.find((each) => each === text)
  if (name) return numberOfName(name)
  const hex = /^#?([0-9a-f]{6})$/.exec(text)?.[1]
  return hex === undefined ? null : FIRST_CELL + cellOf(fromHex(`#${hex}`))
}
