import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { createTestDatabase } from '@/lib/db/testing/database'
import { pathOf } from '@/lib/http/api/address'
import { operations, writes } from './operations'
import { routes } from './routes'
import { ask, problemOf, read } from './testing/ask'
import { exampleAddresses, fill } from './testing/catalogue'
import { valueFaults } from './testing/openapi-check'

/** Checks the document against the responses of the routes, and against its own rules. */

const { pool } = await createTestDatabase()

const Document = z.looseObject({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        operationId: z.string(),
        responses: z.record(z.string(), z.looseObject({ content: z.record(z.string(), z.looseObject({})).optional() })),
      }),
    ),
  ),
})
let document: z.infer<typeof Document>

beforeAll(async () => {
  await fill(1_000)
  document = Document.parse(await (await ask('/openapi.json')).json())
})

test('every operation is documented and has a route', () => {
  const described = Object.values(document.paths)
    .flatMap(Object.values)
    .map(({ operationId }) => operationId)
  expect(described.toSorted()).toEqual(
    [...[...operations, ...writes].map(({ id }) => id), 'getOpenApi', 'getRoot'].toSorted(),
  )
  expect([...routes.keys()].toSorted()).toEqual(
    [...[...operations, ...writes].map(({ id }) => id), 'getRoot'].toSorted(),
  )
})

test('the root links to every operation whose path has no parameters', async () => {
  const { links, ...root } = await read<{ links: Record<string, string> }>('/')
  expect(root).toMatchObject({ href: 'http://music.test/api/v1', openapi: 'http://music.test/api/v1/openapi.json' })
  expect(Object.keys(links)).toEqual(expect.arrayContaining(['artists', 'albums', 'songs', 'deletions', 'rateLimit']))
  for (const [name, href] of Object.entries(links)) {
    const { pathname } = new URL(href)
    expect(
      [...routes.values()].map(({ contract: { path } }) => pathOf(path)),
      name,
    ).toContain(pathname)
  }
})

test('every operation refuses an id above 2147483647 and says why', async () => {
  const tooLarge = '2147483648'
  for (const { path, params, query } of operations) {
    if ('id' in params.shape) {
      const { status, detail } = await problemOf(path.replace('{id}', tooLarge))
      expect([status, detail], path).toEqual([
        404,
        expect.stringMatching(/id must be a whole number from 1 to 2147483647/),
      ])
    }
    const [example = '1'] = path.includes('{slug}') ? ['rock'] : ['1']
    for (const name of ['ids', 'artist', 'page'].filter((name) => name in query.shape)) {
      const { status, detail } = await problemOf(`${path.replace(/\{\w+\}/, example)}?${name}=${tooLarge}`)
      expect([status, detail], `${path} ${name}`).toEqual([400, expect.stringMatching(/from 1 to \d+/)])
    }
  }
})

test('every operation answers its example as documented, as a page and as a stream', async () => {
  for (const { id, address } of await exampleAddresses(pool)) {
    const response = await ask(address)
    expect(response.status, id).toBe(200)
    const answer = await response.json()
    expect(valueFaults(id, 200, 'application/json', answer), id).toBe('')
    if (!operations.find((operation) => operation.id === id)?.line) continue
    const stream = await ask(address, { headers: { accept: 'application/x-ndjson' } })
    const lines = (await stream.text()).trimEnd().split('\n').filter(Boolean)
    expect(lines, id).toHaveLength(answer.total)
    for (const line of lines.slice(0, 50))
      expect(valueFaults(id, 200, 'application/x-ndjson', JSON.parse(line)), id).toBe('')
  }
})

test('the check detects an undocumented response', () => {
  expect(valueFaults('getAlbum', 200, 'application/json', { id: '1', href: 'nowhere' })).toMatch(/must be integer/)
})

test('the examples are real responses from the catalogue', async () => {
  const get = document.paths['/albums/{id}']?.get ?? expect.fail()
  const { parameters } = z.looseObject({ parameters: z.array(z.looseObject({ name: z.string() })) }).parse(get)
  expect(get.responses['200']?.content?.['application/json']?.example).toMatchObject({
    id: parameters.find(({ name }) => name === 'id')?.example,
    tracks: { total: expect.any(Number) },
  })
})

test('a linter finds no problems', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'syromusic-openapi-'))
  const file = path.join(directory, 'openapi.json')
  await writeFile(file, JSON.stringify(document))
  try {
    const { stdout } = await promisify(execFile)('node_modules/.bin/redocly', ['lint', '--format=json', file], {
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    }).catch((error: { stdout: string }) => error)
    expect(JSON.parse(stdout).problems).toEqual([])
  } finally {
    await rm(directory, { recursive: true })
  }
})
