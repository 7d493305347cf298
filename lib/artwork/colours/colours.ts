import { numberOfName } from '@/lib/catalogue/artwork/colour-names'
import { type ColourValue, isHex } from '@/lib/catalogue/artwork/colour-parameter'
import { nameOf } from '@/lib/catalogue/artwork/nearest-colour'
import { fromHex } from '@/lib/catalogue/artwork/oklab'
import { cellOf, cellsNear } from './cells'
import type { Colour } from './dominant'

/**
 * The colours that albums are listed by, as numbers: names from 1, cells of the colour space from 100. The numbers are stored
 * (`album_colour`), so their meaning never changes.
 */

const FIRST_CELL = 100

/** The smallest share of a picture that lists it under a colour. */
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

/** The number of a colour. */
export const colourNumber = (value: ColourValue): number =>
  isHex(value) ? FIRST_CELL + cellOf(fromHex(value)) : numberOfName(value)
