/**
 * The Oklab colour space, in which distances match perceived differences. The matrices are from Björn Ottosson, "A
 * perceptual color space for image processing", 2020 (https://bottosson.github.io/posts/oklab/).
 */

/** Lightness from 0 to 1; a is green to red, b is blue to yellow, both within about ±0.4 and 0 for grey. */
export type Oklab = readonly [lightness: number, a: number, b: number]

/** The linear light of each channel value (IEC 61966-2-1). */
const LIGHT = Float64Array.from({ length: 256 }, (_, value) => {
  const part = value / 255
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
})

/** @param red 0 to 255, like green and blue. */
export function toOklab(red: number, green: number, blue: number): Oklab {
  const [r, g, b] = [LIGHT[red] ?? 0, LIGHT[green] ?? 0, LIGHT[blue] ?? 0]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** As "#rrggbb"; colours outside sRGB are clipped. */
export function toHex([lightness, a, b]: Oklab): string {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const channels = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
  return `#${channels.map((light) => toChannel(light).toString(16).padStart(2, '0')).join('')}`
}

function toChannel(light: number): number {
  const part = light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055
  return Math.round(Math.min(1, Math.max(0, part)) * 255)
}

/** @param hex "#rrggbb". */
export function fromHex(hex: string): Oklab {
  const number = Number.parseInt(hex.slice(1), 16)
  return toOklab((number >> 16) & 255, (number >> 8) & 255, number & 255)
}

/** The squared distance of two colours. */
export const distance2 = (one: Oklab, other: Oklab): number =>
  (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2
