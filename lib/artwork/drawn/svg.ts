import { readFileSync } from 'node:fs'
import { type CoverSubject, drawingOf, typeWordsOf, wordlessDrawingOf } from '@/lib/catalogue/artwork/drawing'
import { letteringOf } from './lettering'

/** Generated covers as self-contained SVG: shapes and colours, never text. */

const read = (file: string) => readFileSync(new URL(`../../../components/artwork/${file}`, import.meta.url), 'utf8')

type Inks = { ground: string; a: string; b: string; d: string }

/** The inks of palettes.css, by the palette's number. */
export function readPalettes(css = read('palettes.css')): Inks[] {
  const palettes: Inks[] = []
  for (const [, number = '', rules = ''] of css.matchAll(/\[data-palette="(\d+)"\]\s*\{([^}]*)\}/g)) {
    const ink = (name: string) => new RegExp(`--${name}:\\s*(#[0-9a-f]{6});`).exec(rules)?.[1] ?? '#000000'
    palettes[Number(number)] = { ground: ink('ground'), a: ink('a'), b: ink('b'), d: ink('d') }
  }
  return palettes
}

/** The drawings of covers.svg, by name. */
export const readDrawings = (svg = read('covers.svg')): Map<string, string> =>
  new Map(
    [...svg.matchAll(/<symbol id="([^"]+)"[^>]*>([\s\S]*?)<\/symbol>/g)].map(([, name = '', shapes = '']) => [
      name,
      shapes,
    ]),
  )

let loaded: { palettes: Inks[]; drawings: Map<string, string> } | undefined
const sources = () => {
  loaded ??= { palettes: readPalettes(), drawings: readDrawings() }
  return loaded
}

const circle = (x: number, y: number, radius: number, ink: string) =>
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="${ink}"/>`
const box = (x: number, y: number, width: number, height: number, ink: string) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${ink}"/>`

/** The layouts of cover.module.css: shapes under and over the words, and the ink. */
const layouts: ((inks: Inks) => { ground?: string; ink?: string; under?: string; over?: string })[] = [
  ({ b }) => ({ over: circle(82, 82, 10, b) }),
  ({ b }) => ({ over: box(0, 91, 100, 9, b) }),
  ({ b }) => ({ over: box(8, 90, 84, 2, b) + box(8, 86, 84, 2, b) }),
  ({ d }) => ({
    over: `<rect x="1.75" y="1.75" width="96.5" height="96.5" fill="none" stroke="${d}" stroke-width="3.5"/>`,
  }),
  ({ d }) => ({ under: circle(81, 105, 37, d) }),
  ({ a, ground }) => ({ ground: a, ink: ground, over: box(81, 81, 11, 11, ground) }),
  ({ d }) => ({ over: box(95.5, 0, 4.5, 100, d) }),
  ({ a, b }) => ({ ink: b, over: box(8, 87, 34, 5, a) }),
]

/** The generated cover of an album, as on its page. If the font lacks a letter, it is a drawing. */
export function coverSvg(subject: CoverSubject): string {
  const { palettes } = sources()
  const drawing = drawingOf(subject)
  const inks = palettes[drawing.palette]
  const layout = inks && drawing.name === 'type' && layouts[drawing.layout]?.(inks)
  const words = layout && letteringOf(typeWordsOf(subject), layout.ink ?? inks.a)
  if (!layout || !words) return drawingSvg(drawing.name === 'type' ? wordlessDrawingOf(subject) : drawing)
  return square(box(0, 0, 100, 100, layout.ground ?? inks.ground) + (layout.under ?? '') + words + (layout.over ?? ''))
}

function drawingSvg({ palette, name, turn }: ReturnType<typeof wordlessDrawingOf>): string {
  const { palettes, drawings } = sources()
  const inks = palettes[palette]
  const shapes = drawings.get(name)
  if (!inks || shapes === undefined) throw new Error(`There is no drawing ${name} in palette ${palette}`)
  const inked = `<rect width="100" height="100" fill="var(--ground)"/>${shapes}`.replace(
    /var\(--(ground|a|b|d)\)/g,
    (_, ink: keyof Inks) => inks[ink],
  )
  return square(`<g transform="rotate(${turn * 90} 50 50)">${inked}</g>`)
}

const square = (shapes: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="600" height="600">${shapes}</svg>`
