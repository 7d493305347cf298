import { mkdir, rm, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { DecoderPool } from '@/lib/artwork/decoding/decoder-pool'
import { FileStorage } from '@/lib/artwork/storage/files'
import { createTestDatabase } from '@/lib/db/testing/database'
import { makeScratch } from '@/lib/db/testing/scratch'
import { addPicture } from './add-picture'
import { collectGarbage } from './garbage-collection'
import { plain } from './testing'
import { setCovers } from './write'

const { pool } = await createTestDatabase()
const scratch = await makeScratch('clear')
const storage = new FileStorage(scratch)
afterAll(() => rm(scratch, { recursive: true, force: true }))

const now = new Date()
const signal = new AbortController().signal
const clear = () => collectGarbage(storage, { now, signal })

/** Returns variants without decoding anything. */
const decoder: Pick<DecoderPool, 'processPicture'> = {
  processPicture: async () => ({
    picture: {
      width: 40,
      height: 40,
      thumbHash: new Uint8Array(1),
      placeholder: new Uint8Array(1),
      colours: [{ hex: '#102030', share: 1 }],
      files: ['avif', 'webp', 'jpg'].map((format) => ({ name: `96.${format}`, bytes: Buffer.from(format) })),
    },
    isLast: false,
  }),
}
async function take(colour: string): Promise<string> {
  const added = await addPicture(await plain(colour), { into: storage, decoder })
  if ('refused' in added) throw new Error(added.refused)
  return added.hash
}
const directory = (hash: string) => path.join(scratch, hash.slice(0, 2), hash)
const age = async (hash: string) => {
  await pool.query(`UPDATE artwork SET taken_at = now() - interval '2 hours' WHERE hash = $1`, [hash])
  await utimes(directory(hash), 0, 0)
}
const known = async () => (await pool.query('SELECT hash FROM artwork')).rows.map(({ hash }) => hash)

beforeEach(async () => {
  await pool.query('TRUNCATE album, album_artwork, album_colour, artwork CASCADE')
  await pool.query(`INSERT INTO album (id, title, sort_key) VALUES (1, 'A', 'a')`)
  await rm(scratch, { recursive: true, force: true })
})

test('removes pictures without an album, unless they are young', async () => {
  const [used, unused, young] = [await take('red'), await take('lime'), await take('blue')]
  await setCovers([{ albumId: 1, hash: used, source: 'operator', fetchedAt: now }])
  await age(used)
  await age(unused)
  expect(await clear()).toEqual({ pictures: 1, unknown: 0, drafts: 0 })
  expect((await known()).sort()).toEqual([used, young].sort())
  expect(await storage.names(unused)).toEqual([])
  expect((await storage.names(used)).length).toBe(3)
  expect(await clear()).toEqual({ pictures: 0, unknown: 0, drafts: 0 })
})

test('a picture that is added again is young again', async () => {
  const hash = await take('red')
  await age(hash)
  expect(await take('red')).toBe(hash)
  expect((await clear()).pictures).toBe(0)
})

test('removes old drafts and old files without a row', async () => {
  const hash = 'ab'.repeat(32)
  await storage.put(hash, [{ name: '96.jpg', bytes: Buffer.from('x') }])
  await mkdir(path.join(scratch, '.new'), { recursive: true })
  await writeFile(path.join(scratch, '.new', 'half'), 'x')
  expect(await clear()).toEqual({ pictures: 0, unknown: 0, drafts: 0 })
  await utimes(directory(hash), 0, 0)
  await utimes(path.join(scratch, '.new', 'half'), 0, 0)
  expect(await clear()).toEqual({ pictures: 0, unknown: 1, drafts: 1 })
  expect(await storage.names(hash)).toEqual([])
})

test('rows and files stay consistent while the same pictures are added and cleared concurrently', async () => {
  const colours = ['red', 'lime', 'blue', 'gold']
  for (let round = 0; round < 5; round++) {
    const hashes = await Promise.all(colours.map(take))
    await Promise.all(hashes.map(age))
    await Promise.all([clear(), clear(), ...colours.map(take)])
    for (const hash of await known()) expect((await storage.names(hash)).length, hash).toBe(3)
    for await (const { hash } of storage.list()) expect(await known()).toContain(hash)
  }
})
