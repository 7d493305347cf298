import { readFileSync } from 'node:fs'
import path from 'node:path'
import { create, type Font } from 'fontkit'
import { expect, test } from 'vitest'
import { faceOf } from './face'

const source = readFileSync(path.join(import.meta.dirname, 'fonts.ts'), 'utf8')
/** The localFont calls with their file and unicode-range. */
const calls = [
  ...source.matchAll(/src: '(.+?)'[\s\S]*?variable: '(.+?)'[\s\S]*?'unicode-range',\s*value:\s*'(.+?)'/g),
].map(([, file = '', variable = '', range = '']) => ({
  file,
  variable,
  range,
  family: path.basename(file).replace(/-(latin|vietnamese).*/, ''),
}))
const faces = calls.filter(({ variable }) => variable !== '--font-missing')

function fontOf(file: string): Font {
  const font = create(readFileSync(path.resolve(import.meta.dirname, file)))
  if (!isFont(font)) throw new Error(`${file} is a collection of fonts`)
  return font
}

function signsOf(file: string): number[] {
  return fontOf(file).characterSet.filter(
    (sign) => sign >= 0x20 && sign !== 0xffff && !/\p{M}/u.test(String.fromCodePoint(sign)),
  )
}
const isFont = (font: ReturnType<typeof create>): font is Font => 'characterSet' in font

const hex = (sign: number) => sign.toString(16).toUpperCase().padStart(4, '0')

/** Formats code points as a CSS unicode-range. */
function rangeOf(signs: number[]): string {
  const sorted = [...signs].sort((a, b) => a - b)
  const firsts = sorted.filter((sign, index) => sorted[index - 1] !== sign - 1)
  const lasts = sorted.filter((sign, index) => sorted[index + 1] !== sign + 1)
  return firsts
    .map((first, index) => (first === lasts[index] ? `U+${hex(first)}` : `U+${hex(first)}-${hex(lasts[index] ?? 0)}`))
    .join(',')
}

test('each font file is used for exactly the characters that no earlier file has', () => {
  expect(faces.length).toBe(5)
  const seen: Record<string, Set<number>> = {}
  for (const { file, range, family } of faces) {
    seen[family] ??= new Set()
    const own = signsOf(file).filter((sign) => !seen[family]?.has(sign))
    expect(range, file).toBe(rangeOf(own))
    for (const sign of own) seen[family].add(sign)
  }
})

test('letters that no file has use a font with a visible missing glyph', () => {
  const missing = calls.find(({ variable }) => variable === '--font-missing') ?? expect.fail('there is none')
  expect(fontOf(missing.file).getGlyph(0).path.commands.length).toBeGreaterThan(0)
  const known = new Set(faces.flatMap(({ file }) => signsOf(file)))
  // From Greek on: letters before are Latin.
  const beyond = Array.from({ length: 0x110000 - 0x370 }, (_, index) => 0x370 + index)
  expect(missing.range).toBe(rangeOf(beyond.filter((sign) => !known.has(sign))))
  const titles = readFileSync(path.resolve(import.meta.dirname, '../../../app/globals.css'), 'utf8')
  expect(titles).toMatch(/--title:\s*var\(--font-missing\)/)
})

const percent = (rules: string, property: string) =>
  Number(new RegExp(`${property}: ([\\d.]+)%`).exec(rules)?.[1]) / 100

test('fallback fonts have the line metrics of ours', () => {
  const css = readFileSync(path.resolve(import.meta.dirname, '../../../app/fallback-fonts.css'), 'utf8')
  const standIns = [...css.matchAll(/@font-face \{([^}]*)\}/g)].map(([, rules = '']) => ({
    of: /font-family: (\w+)/.exec(rules)?.[1] === 'title' ? 'besley' : 'public-sans',
    size: percent(rules, 'size-adjust'),
    ascent: percent(rules, 'ascent-override'),
    descent: percent(rules, 'descent-override'),
  }))
  expect(standIns.length).toBe(4)
  for (const { of, size, ascent, descent } of standIns) {
    const font = fontOf(faces.find(({ family }) => family === of)?.file ?? '')
    // Ascent and descent are relative to the adjusted size. 0.0005 em is always less than a pixel.
    expect(size * ascent, of).toBeCloseTo(font.ascent / font.unitsPerEm, 3)
    expect(size * descent, of).toBeCloseTo(-font.descent / font.unitsPerEm, 3)
  }
})

test('titles with a Latin letter that the display face lacks use the text face', () => {
  const besley = new Set(faces.filter(({ family }) => family === 'besley').flatMap(({ file }) => signsOf(file)))
  for (let sign = 0x20; sign < 0x2c80; sign++) {
    const letter = String.fromCodePoint(sign)
    // Some letters, such as the Kelvin sign, become other letters in NFC.
    if (!/\p{sc=Latn}/u.test(letter) || letter.normalize('NFC') !== letter) continue
    expect(faceOf(`A${letter}`), `${letter} U+${hex(sign)}`).toBe(besley.has(sign) ? undefined : 'text')
  }
  for (const title of ['Nguyễn', 'Nguyễn'.normalize('NFD'), 'Nǎ', 'x̌']) expect(faceOf(title), title).toBe('text')
  for (const title of ['Dvořák', 'Dvořák'.normalize('NFD'), 'Ünïcode', '古い夢', 'Кино', 'Wham! ×2', ''])
    expect(faceOf(title), title).toBeUndefined()
})
