import type { Oklab } from '@/lib/catalogue/artwork/oklab'

/** Divides OKLab into 64 cells: four levels of lightness, each with one grey cell and fifteen of hue. */

const LIGHTNESS = [0.35, 0.57, 0.78] as const
const HUES = 15
const CELLS_OF_LIGHTNESS = HUES + 1
/** Colours with less chroma look grey. */
const GREY = 0.035

/** The distance to neighbours, so that a cell's edge does not separate colours that look the same. */
const NEAR = { lightness: 0.03, hue: 6, chroma: 0.01 } as const

/** The cell of a lightness, a chroma and a hue in degrees, from 0 to 63. */
function cell(lightness: number, chroma: number, hue: number): number {
  const level = LIGHTNESS.filter((edge) => lightness >= edge).length
  const sector = chroma < GREY ? 0 : 1 + Math.floor((((hue % 360) + 360) % 360) / (360 / HUES))
  return level * CELLS_OF_LIGHTNESS + sector
}

const polar = ([lightness, a, b]: Oklab) => ({
  lightness,
  chroma: Math.hypot(a, b),
  hue: (Math.atan2(b, a) * 180) / Math.PI,
})

/** The cell of a colour, from 0 to 63. */
export function cellOf(colour: Oklab): number {
  const { lightness, chroma, hue } = polar(colour)
  return cell(lightness, chroma, hue)
}

/** The cells of a colour and of its neighbours that look the same. */
export function cellsNear(colour: Oklab): Set<number> {
  const { lightness, chroma, hue } = polar(colour)
  const around = [-1, 0, 1]
  return new Set(
    around.flatMap((l) =>
      around.flatMap((c) =>
        around.map((h) => cell(lightness + l * NEAR.lightness, chroma + c * NEAR.chroma, hue + h * NEAR.hue)),
      ),
    ),
  )
}
