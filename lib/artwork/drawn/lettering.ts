import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { create, type Font } from 'fontkit'
import { TYPE_SIZES, TYPE_WIDTH, typeSizeOf } from '@/lib/catalogue/artwork/drawing'

/** Words on a cover as outlines of the display font, so that the picture does not depend on the machine's fonts. */

const require = createRequire(import.meta.url)
const isFont = (font: ReturnType<typeof create>): font is Font => 'characterSet' in font

function load(file: string): Font {
  const font = create(readFileSync(require.resolve(`@fontsource/besley/files/${file}`)))
  if (!isFont(font)) throw new Error(`${file} is a collection of fonts`)
  return font
}

let loaded: Font[] | undefined
/** Besley in the weight of cover.module.css; the second file has further letters. */
function fonts(): Font[] {
  loaded ??= ['besley-latin-800-normal.woff2', 'besley-latin-ext-800-normal.woff2'].map(load)
  return loaded
}

const fontOf = (sign: string): Font | undefined =>
  fonts().find((font) => font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0))

/** As in cover.module.css, in ems. */
const SPACING = -0.03
const TOP_PADDING = 0.16
/** The left, top and bottom edges of the text, in hundredths of the cover. */
const LEFT = 8
const TOP = 6
const BOTTOM = 92

type Run = { path: string; width: number }

/** @param size of the type, in hundredths of the cover. @returns its outline, from the origin, and its width. */
function outlineOf(text: string, size: number): Run {
  let width = 0
  let path = ''
  for (const sign of text) {
    const font = fontOf(sign)
    if (!font) continue
    const scale = size / font.unitsPerEm
    const { glyphs, positions } = font.layout(sign)
    for (const [index, glyph] of glyphs.entries()) {
      path += glyph.path.scale(scale, -scale).translate(width, 0).toSVG()
      width += (positions[index]?.xAdvance ?? 0) * scale + SPACING * size
    }
  }
  return { path, width }
}

/** Breaks words into lines that fit the cover; longer words are broken, as with `overflow-wrap: anywhere`. */
function linesOf(words: string, size: number): string[] {
  const width = (text: string) => outlineOf(text, size).width
  const lines: string[] = []
  let line = ''
  const fits = (text: string) => width(text) <= TYPE_WIDTH
  for (const word of words.split(/\s+/).filter(Boolean)) {
    if (fits(line ? `${line} ${word}` : word)) {
      line = line ? `${line} ${word}` : word
      continue
    }
    if (line) lines.push(line)
    line = ''
    for (const sign of word) {
      if (line && !fits(line + sign)) {
        lines.push(line)
        line = ''
      }
      line += sign
    }
  }
  return line ? [...lines, line] : lines
}

/** The words as SVG paths on a cover of 100 × 100; null if the font lacks a letter. */
export function letteringOf(words: string, colour: string): string | null {
  const text = words.normalize('NFC')
  if ([...text].some((sign) => !/\s/.test(sign) && !fontOf(sign))) return null
  const size = TYPE_SIZES[typeSizeOf(words)] ?? 10
  const [font] = fonts()
  // The line height equals the font size, so ascent and descent overflow it evenly.
  const ascent = font ? (font.ascent + Math.abs(font.descent)) / font.unitsPerEm : 1
  const baseline = font ? size * ((1 - ascent) / 2 + font.ascent / font.unitsPerEm) : size
  return linesOf(text, size)
    .map((line, index) => ({ line, top: TOP + (TOP_PADDING + index) * size }))
    .filter(({ top }) => top < BOTTOM)
    .map(({ line, top }) => {
      const { path } = outlineOf(line, size)
      return `<path fill="${colour}" transform="translate(${LEFT} ${(top + baseline).toFixed(2)})" d="${path}"/>`
    })
    .join('')
}
