/**
 * Generated covers and portraits. A hash chooses the drawing, its rotation and its palette, so that an album always looks
 * the same and neighbours look different.
 */

/** The drawings in covers.svg, and the number of quarter turns in which each looks right. */
const drawings = {
  'grooves-1': 1,
  'grooves-2': 4,
  'grooves-3': 1,
  'grooves-4': 1,
  'grooves-5': 2,
  'grooves-6': 4,
  'grooves-7': 4,
  'grooves-8': 4,
  'stripes-1': 2,
  'stripes-2': 2,
  'stripes-3': 4,
  'stripes-4': 1,
  'stripes-5': 4,
  'stripes-6': 4,
  'stripes-7': 4,
  'stripes-8': 1,
  'arcs-1': 4,
  'arcs-2': 4,
  'arcs-3': 4,
  'arcs-4': 1,
  'arcs-5': 2,
  'arcs-6': 4,
  'arcs-7': 4,
  'arcs-8': 4,
} as const
const names = Object.keys(drawings) as (keyof typeof drawings)[]

/** Layouts of type alone: one cover in four. */
const LAYOUTS = 8
const PALETTES = 16

export type Drawing = { palette: number } & (
  | { name: keyof typeof drawings; turn: number }
  | { name: 'type'; layout: number }
)

export type CoverSubject = { id: number } & ({ title: string } | { name: string })

const wordsOf = (subject: CoverSubject): string => ('title' in subject ? subject.title : subject.name)

export function drawingOf(subject: CoverSubject): Drawing {
  const hash = hashOf(`${subject.id} ${wordsOf(subject)}`)
  const palette = hash % PALETTES
  const choice = (hash >>> 4) % (names.length + LAYOUTS)
  const name = names[choice]
  return name
    ? { palette, name, turn: (hash >>> 12) % drawings[name] }
    : { palette, name: 'type', layout: choice - names.length }
}

/** Like `drawingOf`, but never type, for places too small for words. */
export function wordlessDrawingOf(subject: CoverSubject): Extract<Drawing, { turn: number }> {
  const hash = hashOf(`${subject.id} ${wordsOf(subject)}`)
  const name = names[(hash >>> 4) % names.length] ?? 'grooves-1'
  return { palette: hash % PALETTES, name, turn: (hash >>> 12) % drawings[name] }
}

/** A version of the drawing, in eight hexadecimal digits, which makes the address of its picture permanent. */
export const markOf = (subject: CoverSubject): string =>
  hashOf(`${subject.id} ${wordsOf(subject)}`)
    .toString(16)
    .padStart(8, '0')

/** Layouts of a portrait, in portrait.module.css. */
const LABELS = 6

export function labelOf(subject: CoverSubject): { palette: number; label: number } {
  const hash = hashOf(`artist ${subject.id} ${wordsOf(subject)}`)
  return { palette: hash % PALETTES, label: (hash >>> 4) % LABELS }
}

/** The first letter or digit of the words, or else the first character. */
export function initialOf(subject: CoverSubject): string {
  const words = wordsOf(subject).trim()
  return (/[\p{L}\p{N}]\p{M}*/u.exec(words)?.[0] ?? [...words][0] ?? '').toUpperCase()
}

/** FNV-1a and the final mix of MurmurHash, without which consecutive ids get consecutive palettes. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Type sizes in hundredths of the cover's width, largest first; the same as in cover.module.css. */
export const TYPE_SIZES = [30, 24, 19, 15, 12, 9.5]
/** The share of the cover's width and height for words, in hundredths. An ornament is below them. */
export const TYPE_WIDTH = 84
const TYPE_HEIGHT = 70
/** Average widths in ems in Besley extra bold. Han, kana and Hangul are square. */
const LETTER = 0.64
const SPACE = 0.3
const SQUARE = /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]$/u
const UNBROKEN = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]|[^\s\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]+/gu

/** Characters of a title on its cover; the rest is cut. */
const MAX_WORDS = 72

export function typeWordsOf(subject: CoverSubject): string {
  const words = [...wordsOf(subject)]
  return (words.length > MAX_WORDS ? [...words.slice(0, MAX_WORDS), '…'] : words).join('')
}

/** The index of the largest type size at which the words fit. */
export function typeSizeOf(words: string): number {
  const widths = (words.match(UNBROKEN) ?? []).map((word) => (SQUARE.test(word) ? 1 : [...word].length * LETTER))
  const fits = (size: number) => {
    const line = TYPE_WIDTH / size
    let lines = 1
    let used = 0
    for (const width of widths) {
      if (width > line) return false
      if (used + width > line) {
        lines++
        used = 0
      }
      used += width + (width === 1 ? 0 : SPACE)
    }
    return lines * size <= TYPE_HEIGHT
  }
  const index = TYPE_SIZES.findIndex(fits)
  return index === -1 ? TYPE_SIZES.length - 1 : index
}
