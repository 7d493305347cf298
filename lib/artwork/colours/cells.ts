import type { Oklab } from '@/lib/catalogue/artwork/oklab'

/**
 * Colours by how they look, finer than names: OKLab in 64 cells, four of lightness by one without a hue and fifteen of hue.
 */

const LIGHTNESS = [0.35, 0.57, 0.78] as const
const HUES = 15
const CELLS_OF_LIGHTNESS = HUES + 1
/** With less chroma than this a colour is grey to most. */
const GREY = 0.035

/** How far from a colour its neighbours are looked for, so that the edge of a cell divides nothing that looks the same. */
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

/** The cell that a colour is in, from 0 to 63. */
export function cellOf(colour: Oklab): number {
  const { lightness, chroma, hue } = polar(colour)
  return cell(lightness, chroma, hue)
}

/** The cell of a colour, and those of colours next to it that look the same. */
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
