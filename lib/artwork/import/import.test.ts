import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AddResult } from '@/lib/artwork/add-picture'
import { setCovers } from '@/lib/artwork/write'
import { createTestDatabase } from '@/lib/db/testing/database'
import { makeScratch } from '@/lib/db/testing/scratch'
import { AppError } from '@/lib/errors'
import { type FileOutcome, importArtwork } from './import'

const { pool } = await createTestDatabase()
const MBID = '0da580f2-6768-498f-af9d-2becaddf15e0'
const now = () => new Date('2026-01-02T03:04:05Z')

let folder: string
let stop: AbortController
const took: string[] = []
const progress: string[] = []

/** Pictures are texts here; "bad" is invalid. */
async function take(bytes: Uint8Array, { signal }: { signal: AbortSignal }): Promise<AddResult> {
  const text = Buffer.from(bytes).toString()
  took.push(text)
  signal.throwIfAborted()
  if (text === 'bad') return { refused: 'It is bad.' }
  if (text === 'full') throw new Error('The disk is full')
  if (text === 'lost') return { hash: '0'.repeat(64) }
  if (text === 'stop') stop.abort(new Error('Enough'))
  const hash = Buffer.from(text.padEnd(32, '.')).toString('hex')
  await pool.query(
    `INSERT INTO artwork (hash, type, width, height, bytes, thumb_hash, colours)
     VALUES ($1, 'image/png', 9, 9, 9, '\\x00', '[]') ON CONFLICT DO NOTHING`,
    [hash],
  )
  return { hash }
}

beforeEach(async () => {
  folder = await makeScratch('covers')
  stop = new AbortController()
  took.length = 0
  await pool.query('TRUNCATE album, album_artwork, album_colour, artwork, album_external_id, album_redirect CASCADE')
  await pool.query(`INSERT INTO album (id, title, sort_key) SELECT id, 'A', 'a' FROM generate_series(1, 300) AS id`)
  await pool.query(`INSERT INTO album_redirect (id, album_id) VALUES (1000, 3)`)
  await pool.query(`INSERT INTO album_external_id (source, value, album_id) VALUES ('musicbrainz', $1, 4)`, [MBID])
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function put(files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), text)
  }
}

async function run(outcomes: Record<string, FileOutcome> = {}): Promise<Record<string, FileOutcome>> {
  const onFile = (file: string, outcome: FileOutcome) => {
    outcomes[file] = outcome
  }
  progress.length = 0
  const onProgress = (done: number, total: number) => progress.push(`${done} of ${total}, ${took.length} taken`)
  await importArtwork(folder, { signal: stop.signal, onFile, onProgress, now, take })
  return outcomes
}

const covers = async (): Promise<Record<number, string>> => {
  const { rows } = await pool.query<{ id: number; hash: string }>(
    `SELECT album_id AS id, hash FROM album_artwork WHERE source = 'operator'`,
  )
  return Object.fromEntries(rows.map(({ id, hash }) => [id, Buffer.from(hash, 'hex').toString().replaceAll('.', '')]))
}

test('matches pictures by id, merged id, MBID and folder', async () => {
  await put({
    '1.jpg': 'one',
    '2/Folder.PNG': 'two',
    '1000.webp': 'three',
    [`deep/er/${MBID.toUpperCase()}/front.avif`]: 'four',
    '5/back.jpg': 'back',
    '6.txt': 'text',
    '7.JFIF': 'seven',
    '.DS_Store': 'hidden',
    '.git/8.jpg': 'hidden',
    '999999.jpg': 'nobody',
    '0.jpg': 'zero',
    '99999999999.jpg': 'large',
    'OK Computer.jpg': 'words',
    '11111111-1111-1111-1111-111111111111.gif': 'unknown',
  })
  expect(await run()).toEqual({
    '1.jpg': 'given',
    '2/Folder.PNG': 'given',
    '1000.webp': 'given',
    '6.txt': 'other',
    '7.JFIF': 'given',
    [`deep/er/${MBID.toUpperCase()}/front.avif`]: 'given',
    '5/back.jpg': { unmatched: 'Neither its name nor its folder’s is an album’s id or MBID.' },
    '999999.jpg': { unmatched: 'Album 999999 was not found.' },
    '0.jpg': { unmatched: expect.stringContaining('Neither') },
    '99999999999.jpg': { unmatched: expect.stringContaining('Neither') },
    'OK Computer.jpg': { unmatched: expect.stringContaining('Neither') },
    '11111111-1111-1111-1111-111111111111.gif': {
      unmatched: 'No album has the MBID 11111111-1111-1111-1111-111111111111.',
    },
  })
  expect(await covers()).toEqual({ 1: 'one', 2: 'two', 3: 'three', 4: 'four', 7: 'seven' })
  expect(took.sort()).toEqual(['four', 'one', 'seven', 'three', 'two'])
})

test('matches an MBID that was imported in upper case', async () => {
  await pool.query('UPDATE album_external_id SET value = upper(value)')
  // Newer imports store it in lower case.
  await pool.query(await readFile('prisma/migrations/20261130191829_external_id_spelling/migration.sql', 'utf8'))
  await put({ [`${MBID}.jpg`]: 'one', [`${MBID.toUpperCase()}.png`]: 'two' })
  expect(await run()).toEqual({
    [`${MBID.toUpperCase()}.png`]: 'given',
    [`${MBID}.jpg`]: { unmatched: `Album 4 already has ${MBID.toUpperCase()}.png.` },
  })
  expect(await covers()).toEqual({ 4: 'two' })
})

test('a bad file affects no other file, and its album keeps its cover', async () => {
  await put({ '1.jpg': 'before' })
  await run()
  await put({ '1.jpg': 'bad', '2.jpg': 'two' })
  await symlink(path.join(folder, 'nowhere'), path.join(folder, '3.jpg'))
  await symlink(folder, path.join(folder, 'circle'))
  await mkdir(path.join(folder, '4.jpg'))
  expect(await run()).toEqual({
    '1.jpg': { refused: 'It is bad.' },
    '2.jpg': 'given',
    '3.jpg': { refused: 'It is a broken link.' },
    circle: { refused: 'It is a link to a folder; such links are not followed.' },
  })
  expect(await covers()).toEqual({ 1: 'before', 2: 'two' })
})

test('a second run changes nothing, and fetched covers are replaced', async () => {
  await put({ '1.jpg': 'one', '2.jpg': 'two' })
  await run()
  const before = await pool.query('SELECT number FROM revision')
  expect(await run()).toEqual({ '1.jpg': 'unchanged', '2.jpg': 'unchanged' })
  expect((await pool.query('SELECT number FROM revision')).rows).toEqual(before.rows)
  await pool.query(`UPDATE album_artwork SET source = 'coverart' WHERE album_id = 2`)
  expect(await run()).toEqual({ '1.jpg': 'unchanged', '2.jpg': 'given' })
  const { rows } = await pool.query('SELECT hash FROM album_artwork WHERE album_id = 1')
  await setCovers([{ albumId: 1, hash: rows[0].hash, source: 'coverart', fetchedAt: now() }])
  expect(Object.keys(await covers())).toEqual(['1', '2'])
})

test('uses the first by name of two pictures for an album', async () => {
  await put({ '3.jpg': 'one', '3/cover.jpg': 'two', '1000.jpg': 'first' })
  expect(await run()).toEqual({
    '1000.jpg': 'given',
    '3.jpg': { unmatched: 'Album 3 already has 1000.jpg.' },
    '3/cover.jpg': { unmatched: 'Album 3 already has 1000.jpg.' },
  })
})

test('a bad picture does not block a good one of its album, in either order', async () => {
  await put({ '5.jpg': 'bad', '5.png': 'good', '5.webp': 'late' })
  // Enough pictures that the album's next one is read after the first ones were added.
  await put(Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`6/${index}-.jpg`, 'of none'])))
  await put({ '1000.png': 'bad', '3.jpg': 'another' })
  const outcomes = await run()
  expect(Object.fromEntries(Object.entries(outcomes).filter(([file]) => !file.startsWith('6/')))).toEqual({
    '1000.png': { refused: 'It is bad.' },
    '3.jpg': 'given',
    '5.jpg': { refused: 'It is bad.' },
    '5.png': 'given',
    '5.webp': { unmatched: 'Album 5 already has 5.png.' },
  })
  expect(await covers()).toEqual({ 3: 'another', 5: 'good' })
})

test('refuses files with picture names that are not pictures, with a reason', async () => {
  await put({ '1.svg': 'one', '2.tiff': 'two', '3.HEIC': 'three', 'notes.txt': 'four', '4/cover.mp3': 'five' })
  await promisify(execFile)('mkfifo', [path.join(folder, '5.jpg')])
  const formats = 'Use JPEG, PNG, WebP, AVIF or GIF.'
  expect(await run()).toEqual({
    '1.svg': { refused: `SVG is not accepted. ${formats}` },
    '2.tiff': { refused: `TIFF is not accepted. ${formats}` },
    '3.HEIC': { refused: `HEIC is not accepted. ${formats}` },
    '4/cover.mp3': 'other',
    '5.jpg': { refused: 'It is not a regular file.' },
    'notes.txt': 'other',
  })
  expect(took).toEqual([])
})

test('an aborted import saves its covers so far, and the next run adds the rest', async () => {
  await put(Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`${index + 1}.jpg`, `p${index}`])))
  await put({ '150.jpg': 'stop' })
  await expect(run()).rejects.toThrow('Enough')
  const some = Object.keys(await covers()).length
  expect(some).toBeGreaterThan(40)
  expect(some).toBeLessThan(250)
  stop = new AbortController()
  await put({ '150.jpg': 'p149' })
  const unchanged = Object.values(await run()).filter((each) => each === 'unchanged')
  // The picture that aborted the first run may be among them; its content changed.
  expect(some - unchanged.length).toBeLessThanOrEqual(1)
  expect(Object.keys(await covers()).length).toBe(250)
})

test('an unexpected error ends the import after saving the covers so far', async () => {
  await put({ '1.jpg': 'one', '2.jpg': 'full' })
  await expect(run()).rejects.toThrow('The disk is full')
  expect(await covers()).toEqual({ 1: 'one' })
})

test('reports no cover that could not be saved', async () => {
  await put({ '1.jpg': 'one', '2.jpg': 'lost', '3.jpg': 'bad' })
  const outcomes: Record<string, FileOutcome> = {}
  await expect(run(outcomes)).rejects.toThrow('album_artwork_hash_fkey')
  expect(outcomes).toEqual({ '3.jpg': { refused: 'It is bad.' } })
  expect(await covers()).toEqual({})
})

test('a missing folder and a file in its place are clear errors', async () => {
  await put({ '1.jpg': 'one' })
  const given = folder
  folder = path.join(given, 'nowhere')
  await expect(run()).rejects.toThrow(new AppError('invalid', `The folder ${folder} does not exist.`))
  folder = path.join(given, '1.jpg')
  const sentence = `${folder} is not a folder. Give the folder of the pictures.`
  await expect(run()).rejects.toThrow(new AppError('invalid', sentence))
})

test('reports progress after each file', async () => {
  await put({ '1.jpg': 'one', '2.jpg': 'bad', '3.jpg': 'three', 'notes.txt': 'x', '999.jpg': 'none' })
  await run()
  expect(progress.map((each) => each.replace(/,.*/, ''))).toEqual([1, 2, 3, 4, 5].map((n) => `${n} of 5`))
  expect(progress.slice(0, 2)).toEqual(['1 of 5, 0 taken', '2 of 5, 0 taken'])
  expect(progress[2]).toMatch(/, [12] taken$/)
})

for (const atOnce of [1, 3])
  test(`processes pictures ${atOnce} at a time if told to`, async () => {
    await put({ '1.jpg': 'one', '2.jpg': 'two', '3.jpg': 'three' })
    let running = 0
    let most = 0
    let letGo = () => {}
    const together = new Promise<void>((resolve) => {
      letGo = resolve
    })
    await importArtwork(folder, {
      ...{ signal: stop.signal, onFile: () => {}, now, atOnce },
      take: async () => {
        running += 1
        most = Math.max(most, running)
        if (running === atOnce) letGo()
        await together
        running -= 1
        return { refused: 'It is none.' }
      },
    })
    expect(most).toBe(atOnce)
  })
