import { readFile } from 'node:fs/promises'
import { beforeEach, expect, test, vi } from 'vitest'
import { findTotals } from '@/lib/catalogue/home'
import { createTestDatabase } from '@/lib/db/testing/database'
import { columnNames } from './csv/columns'
import { readCsv } from './csv/read'
import { readNdjson } from './ndjson/read'
import { emptyCatalogue, importInput, inputOf } from './testing'

/** Checks the examples of docs/imports.md. */

const { pool } = await createTestDatabase()
vi.setConfig({ testTimeout: 60_000 })
beforeEach(() => emptyCatalogue(pool))

const text = await readFile(new URL('../../docs/imports.md', import.meta.url), 'utf8')
const block = (start: string): string => {
  const from = text.indexOf(start)
  return text.slice(from, text.indexOf('```', from))
}

test('the example records are valid', async () => {
  await importInput(readNdjson(inputOf(block('{"type":"catalogue"'))))
  expect(await findTotals()).toEqual({ artists: 1, albums: 1, songs: 1, genres: 1, playlists: 1, playlistItems: 2 })
})

test('the example table is valid', async () => {
  await importInput(readCsv(inputOf(block('Title,Artist,Album Artist')), { source: 'csv', map: new Map() }))
  expect(await findTotals()).toEqual({ artists: 1, albums: 1, songs: 1, genres: 2, playlists: 0, playlistItems: 0 })
})

test('every field of a table is documented', () => {
  for (const field of Object.keys(columnNames)) expect(text).toContain(`\`${field}\``)
})
