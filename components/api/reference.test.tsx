import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, expect, test } from 'vitest'
import { Described, type Schema } from '@/lib/api/reference/openapi-shapes'
import { problemTexts } from '@/lib/api/reference/problems'
import { type Reference, readReference } from '@/lib/api/reference/reference'
import { ask } from '@/lib/api/testing/ask'
import { fill } from '@/lib/api/testing/catalogue'
import { doubtAll } from '@/lib/cache/changes/recent'
import { createTestDatabase } from '@/lib/db/testing/database'
import { problems } from '@/lib/http/problems'
import { Guide } from './guide/chapters'
import { Introduction } from './introduction'
import { ProblemList } from './problem-list'
import { Headers, Operations, Schemas } from './reference-sections'
import { TableOfContents } from './table-of-contents'

/** Compares the page with the OpenAPI document. */

await createTestDatabase()

let empty: string
let reference: Reference
let answered: unknown
let document: Described
let page: string
const problemsPage = renderToStaticMarkup(<ProblemList problems={problemTexts} />)

const drawn = (of: Reference): string =>
  renderToStaticMarkup(
    <>
      <Introduction reference={of} />
      <TableOfContents {...of} />
      <Guide reference={of} />
      <Operations sections={of.sections} />
      <Schemas schemas={of.schemas} />
      <Headers headers={of.headers} />
    </>,
  )

beforeAll(async () => {
  empty = drawn(await readReference())
  await fill(1_000)
  doubtAll()
  reference = await readReference()
  page = drawn(reference)
  answered = await (await ask('/openapi.json')).json()
  document = Described.parse(answered)
})

const idsOf = (html: string): string[] => [...html.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id)
const linksOf = (html: string): string[] => [...html.matchAll(/ href="([^"]+)"/g)].map(([, href = '']) => href)

const signs: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'" }
/** The text of HTML. */
const textOf = (html: string): string =>
  html.replace(/<[^>]*>/g, '').replace(/&(?:amp|lt|gt|quot|#x27);/g, (sign) => signs[sign] ?? sign)

/** The part of the page from an anchor to the next element of the same kind. */
function partAt(id: string, tag: 'section' | 'tr'): string {
  const at = page.indexOf(` id="${id}"`)
  if (at === -1) expect.fail(`There is no #${id}`)
  return page.slice(at, page.indexOf(`<${tag}`, at))
}

const operations = () => Object.values(document.paths).flatMap((methods) => Object.values(methods))

test('anchors are unique, and no link is broken', () => {
  for (const html of [page, problemsPage]) expect(idsOf(html).length).toBe(new Set(idsOf(html)).size)
  const here = new Set(idsOf(page).map((id) => `#${id}`))
  const there = new Set(idsOf(problemsPage).map((id) => `/api/docs/problems#${id}`))
  const others = linksOf(page).filter((href) => !here.has(href) && !there.has(href))
  expect(new Set(others)).toEqual(
    new Set(['/api/v1/openapi.json', '/api/docs/problems', '/sign-up', '/sign-in', '/account']),
  )
})

test('documents every operation with its parameters and responses', () => {
  for (const { operationId: id, summary, description = '', parameters, requestBody, responses } of operations()) {
    const part = partAt(id, 'section')
    const text = textOf(part)
    expect(text, id).toContain(summary)
    expect(text, id).toContain(description.replaceAll('`', ''))
    for (const status of Object.keys(responses)) expect(text, id).toContain(status)
    for (const media of Object.keys(requestBody?.content ?? {})) expect(text, id).toContain(media)
    expect(text, id).toContain(requestBody?.description ?? '')
    for (const { name, description: says = '', schema } of parameters) {
      const row = textOf(partAt(`${id}.${name}`, 'tr'))
      expect(row, `${id}.${name}`).toContain(name)
      expect(row, `${id}.${name}`).toContain(says.replaceAll('`', ''))
      for (const value of schema.enum ?? schema.items?.enum ?? []) expect(row, `${id}.${name}`).toContain(value)
      if (schema.default !== undefined) expect(row, `${id}.${name}`).toContain(`${schema.default} by default`)
    }
  }
})

test('documents every schema with its fields', () => {
  const check = (at: string, schema: Schema) => {
    const { properties = {}, description = '', enum: values = [], anyOf = [], oneOf = [], items } = schema
    const text = textOf(partAt(at, 'tr'))
    expect(text, at).toContain(description.replaceAll('`', ''))
    for (const value of [...values, ...anyOf.flatMap((one) => one.enum ?? [])]) expect(text, at).toContain(value)
    for (const { $ref = '' } of oneOf) expect(text, at).toContain($ref.split('/').at(-1))
    // Embedded lists are described in the guide.
    if (Object.keys(properties).join() === 'items,total,next') return
    for (const [name, field] of Object.entries(properties)) check(`${at}.${name}`, field)
    for (const one of anyOf)
      for (const [name, field] of Object.entries(one.properties ?? {})) check(`${at}.${name}`, field)
    for (const [name, field] of Object.entries(items?.properties ?? {})) check(`${at}[].${name}`, field)
  }
  expect(Object.keys(document.components.schemas)).toContain('Album')
  for (const [name, schema] of Object.entries(document.components.schemas)) check(name, schema)
})

test('documents every header', () => {
  for (const [name, { description }] of Object.entries(document.components.headers))
    expect(textOf(partAt(`header-${name}`, 'tr'))).toContain(description.replaceAll('`', ''))
})

test('explains every problem type', () => {
  expect(idsOf(problemsPage)).toEqual(expect.arrayContaining(Object.keys(problems)))
  const text = textOf(problemsPage)
  for (const { title, explanation } of Object.values(problems)) {
    expect(text).toContain(title)
    expect(text).toContain(explanation.replaceAll('`', ''))
  }
})

test('rejects parts of the OpenAPI document that the page would not show', () => {
  const { components, ...rest } = Described.parse(answered)
  const album = { ...components.schemas.Album, xml: {} }
  const changed = { ...rest, components: { ...components, schemas: { ...components.schemas, Album: album } } }
  expect(() => Described.parse(changed)).toThrow('xml')
})

test('shows working examples from this catalogue', async () => {
  for (const { id, method, address, sample } of reference.sections.flatMap((section) => section.operations)) {
    const text = textOf(partAt(id, 'section'))
    expect(text, id).toContain(`'${address}'`)
    if (method !== 'GET') {
      expect(text, id).toContain(`curl -X ${method} -H 'Authorization: Bearer syro_…'`)
      continue
    }
    if (['getOpenApi', 'getRoot', 'getRateLimit'].includes(id)) continue
    const url = new URL(address)
    const response = await ask(`http://music.test${url.pathname}${url.search}`)
    expect(response.status, id).toBe(200)
    expect(sample, id).toMatch(/^\{\n {2}"/)
    expect(textOf(partAt(id, 'section')), id).toContain(sample)
  }
})

test('works for an empty catalogue', () => {
  expect(idsOf(empty)).toEqual(idsOf(page))
  expect(textOf(empty)).toContain('"items": []')
})
