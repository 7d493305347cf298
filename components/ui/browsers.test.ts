import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { CompatData, CompatStatement, Identifier, SimpleSupportStatement } from '@mdn/browser-compat-data'
import { type CssNode, parse, walk } from 'css-tree'
import { browserslistToTargets, transform } from 'lightningcss'
import { expect, test } from 'vitest'
import packageJson from '@/package.json'

/**
 * Compares all compiled styles with the support data of browsers, for browsers that were not updated for two years.
 */

/** Firefox ESR of autumn 2024, and Safari of a year before. */
const OLDEST = { firefox: '128', safari: '17', safari_ios: '17' } as const

/** Features that a browser may lack, with the reason. */
const ENHANCEMENTS: Record<string, string> = {
  'at-rules.font-face.ascent-override': 'a stand-in font sits a little higher or lower',
  'at-rules.font-face.descent-override': 'a stand-in font sits a little higher or lower',
  'at-rules.font-face.line-gap-override': 'a stand-in font sits a little higher or lower',
  'properties.accent-color': 'a checkbox has the colours of the system',
  'properties.break-after.avoid': 'a printed page may end in a heading',
  'properties.cursor.pointer': 'a finger has no cursor',
  'properties.cursor.progress': 'a finger has no cursor',
  'properties.font-family.ui-monospace': 'the next font of the list is used',
  'properties.forced-color-adjust': 'only some systems force colours, and their browsers know it',
  'properties.overscroll-behavior': 'the page scrolls on where a list ends',
  'properties.print-color-adjust': 'drawings are printed without their grounds',
  'properties.scrollbar-color': 'a scrollbar has the colours of the system',
  'properties.scrollbar-width': 'a scrollbar is seen',
  'properties.text-size-adjust': 'only phones make text larger by themselves, and theirs know it',
  'properties.text-wrap': 'lines break elsewhere',
  'properties.text-wrap.balance': 'lines break elsewhere',
  'selectors.-webkit-search-cancel-button': 'only browsers that draw one know it',
  'selectors.autofill': 'a filled field has the colours of the system',
  'selectors.marker': 'a marker looks like the text',
  'selectors.selection': 'selected text has the colours of the system',
}

// 20 MB, which Vitest would take a minute to transform.
const bcd: CompatData = createRequire(import.meta.url)('@mdn/browser-compat-data')

const root = path.resolve(import.meta.dirname, '../..')
const files = ['app', 'components'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.css'))
    .map((file) => path.join(folder, file)),
)

/** Compiles CSS as Next.js does. */
const compiled = (file: string, css: string): string =>
  transform({
    filename: file,
    code: Buffer.from(css),
    cssModules: file.endsWith('.module.css'),
    targets: browserslistToTargets(packageJson.browserslist),
  }).code.toString()

const numbers = (version: string) => version.replace('≤', '').split('.').map(Number)
function isAtMost(version: string, limit: string): boolean {
  const [[major = 0, minor = 0], [majorLimit = 0, minorLimit = 0]] = [numbers(version), numbers(limit)]
  return major < majorLimit || (major === majorLimit && minor <= minorLimit)
}

const isSupported = (support: SimpleSupportStatement, oldest: string, prefix: string): boolean =>
  (support.prefix ?? '') === prefix &&
  !support.partial_implementation &&
  !support.flags &&
  typeof support.version_added === 'string' &&
  isAtMost(support.version_added, oldest) &&
  !(typeof support.version_removed === 'string' && isAtMost(support.version_removed, oldest))

/** The browsers that lack a feature. */
function lacking({ support }: CompatStatement, prefix: string): string[] {
  return (Object.keys(OLDEST) as (keyof typeof OLDEST)[]).filter(
    (browser) => ![support[browser] ?? []].flat().some((support) => isSupported(support, OLDEST[browser], prefix)),
  )
}

const PREFIX = /^-(?:webkit|moz)-/
const prefixOf = (name: string): string => PREFIX.exec(name)?.[0] ?? ''
const unprefixed = (name: string): string => name.replace(PREFIX, '')

/** Finds a feature by its path in the data: "properties.content.alt_text". Names may have a vendor prefix. */
function find(place: string[]): { compat: CompatStatement; prefix: string } | undefined {
  const at = (names: string[]) => names.reduce<Identifier | undefined>((node, name) => node?.[name], bcd.css)?.__compat
  const own = at(place)
  if (own) return { compat: own, prefix: '' }
  const last = place.at(-1) ?? ''
  const plain = at([...place.slice(0, -1), unprefixed(last)])
  return plain && { compat: plain, prefix: prefixOf(last) }
}

const isEnhancement = (place: string[]): boolean => {
  const names = [place, place.slice(0, -1), place.map(unprefixed)].map((each) => each.join('.'))
  return names.some((name) => name in ENHANCEMENTS)
}

/** The paths of functions that any property may use. */
const FUNCTIONS = [
  ['types'],
  ['types', 'color'],
  ['types', 'gradient'],
  ['types', 'easing-function'],
  ['types', 'transform-function'],
  ['types', 'basic-shape'],
]
const unitGroup = (unit: string): string =>
  /^cq/.test(unit) ? 'container_query_length_units' : /^dv/.test(unit) ? 'viewport_percentage_units_dynamic' : unit

/** The features that a node needs. Each is a list of paths, one of which is in the data. */
function needs(node: CssNode, property: string | undefined, descriptor: boolean): string[][][] {
  switch (node.type) {
    case 'Function': {
      const { name } = node
      const first = node.children.first
      const isRelative = first?.type === 'Identifier' && first.name === 'from'
      const places = [
        ...FUNCTIONS.map((group) => [...group, name]),
        ...(property ? [['properties', property, name]] : []),
      ]
      // Only the sources of a font.
      if (descriptor) return []
      return [places, ...(isRelative ? [[['types', 'color', name, 'relative_syntax']]] : [])]
    }
    case 'Dimension':
      return node.unit === '%' ? [] : [[['types', 'length', unitGroup(node.unit)]]]
    case 'Identifier':
      return property ? [[['properties', property, node.name]]] : []
    case 'Operator':
      return property === 'content' && node.value.trim() === '/' ? [[['properties', 'content', 'alt_text']]] : []
    case 'PseudoClassSelector':
    case 'PseudoElementSelector':
      return [[['selectors', node.name]]]
    case 'Feature':
      return [[['at-rules', 'media', node.name.replace(/^(?:min|max)-/, '')]]]
    case 'FeatureRange':
      return [[['at-rules', 'media', 'range_syntax']]]
    case 'Atrule':
      return node.name === 'media' ? [] : [[['at-rules', node.name]]]
    case 'Declaration':
      if (node.property.startsWith('--')) return []
      return [[descriptor ? ['at-rules', 'font-face', node.property] : ['properties', node.property]]]
    default:
      return []
  }
}

/** Dimensions other than lengths, keywords and author-defined names are not features. */
const mayBeUnknown = (node: CssNode): boolean => node.type === 'Dimension' || node.type === 'Identifier'

/** The features of a style sheet that old browsers lack: "feature (browsers)". */
export function faultsOf(css: string): string[] {
  const faults: string[] = []
  walk(parse(css, { parseCustomProperty: true }), function (node) {
    // `@supports` protects older browsers from its contents.
    if (this.atrule?.name === 'supports') return
    // Arguments of a function are not keywords of the property.
    if (node.type === 'Identifier' && this.function) return
    const declaration = this.declaration ?? (node.type === 'Declaration' ? node : undefined)
    const property = declaration?.property
    const descriptor = this.atrule?.name === 'font-face'
    for (const places of needs(node, property?.startsWith('--') ? undefined : property, descriptor)) {
      const place = places.find(find)
      const found = place && find(place)
      if (!found) {
        if (!mayBeUnknown(node)) faults.push(`${places.at(-1)?.join('.')} is not in the data`)
        continue
      }
      if (isEnhancement(place)) continue
      const without = lacking(found.compat, found.prefix)
      if (without.length > 0 && !(declaration && hasFallback(declaration, this.block)))
        faults.push(`${place.join('.')} (${without.join(', ')})`)
    }
  })
  return [...new Set(faults)]
}

type Declared = Extract<CssNode, { type: 'Declaration' }>

/**
 * Whether a declaration has a fallback: the same property before it, or with a vendor prefix. Custom properties have none: a
 * later value replaces an earlier one even if it is invalid.
 */
function hasFallback(declaration: Declared, block: Extract<CssNode, { type: 'Block' }> | null): boolean {
  const others = block?.children.toArray() ?? []
  const { property } = declaration
  return (
    !property.startsWith('--') &&
    others.some(
      (other, index) =>
        other.type === 'Declaration' &&
        unprefixed(other.property) === unprefixed(property) &&
        (other.property !== property || index < others.indexOf(declaration)),
    )
  )
}

for (const file of files)
  test(`${file} uses no feature that Firefox or Safari of the last two years lack`, () => {
    expect(faultsOf(compiled(file, readFileSync(path.join(root, file), 'utf8')))).toEqual([])
  })

test('finds unsupported features without a fallback or a condition', () => {
  const relative = 'oklch(from red 0.5 c h)'
  expect(faultsOf('a { content: "/" / "" }')).toEqual(['properties.content.alt_text (safari, safari_ios)'])
  expect(faultsOf('a { content: "/"; content: "/" / "" }')).toEqual([])
  expect(faultsOf(`a { color: ${relative} }`)).toHaveLength(1)
  expect(faultsOf(`a { --ink: red; --ink: ${relative} }`)).toHaveLength(1)
  expect(faultsOf(`@supports (color: ${relative}) { a { --ink: ${relative} } }`)).toEqual([])
  expect(faultsOf('a { color: light-dark(red, blue) }')).toHaveLength(1)
  expect(faultsOf('a:has(b) { color: no-such(1) }')).toEqual(['properties.color.no-such is not in the data'])
})
