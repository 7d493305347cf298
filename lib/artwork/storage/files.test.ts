import { fork } from 'node:child_process'
import { once } from 'node:events'
import { open, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeScratch } from '@/lib/db/testing/scratch'
import { FileStorage } from './files'

const HASH = `3f${'0a'.repeat(31)}`

let root: string
let storage: FileStorage
beforeEach(async () => {
  root = path.join(await makeScratch('storage'), 'artwork')
  storage = new FileStorage(root)
})
afterEach(() => rm(path.dirname(root), { recursive: true, force: true }))

const file = (name: string, text = name) => ({ name, bytes: Buffer.from(text) })
async function hashes(): Promise<string[]> {
  const found: string[] = []
  for await (const { hash } of storage.list()) found.push(hash)
  return found
}

test('stores files by hash until they are removed', async () => {
  expect(await hashes()).toEqual([])
  expect(await storage.names(HASH)).toEqual([])
  await storage.put(HASH, [file('96.jpg'), file('250.webp')])
  expect((await storage.names(HASH)).sort()).toEqual(['250.webp', '96.jpg'])
  expect(String(await storage.read(HASH, '96.jpg'))).toBe('96.jpg')
  expect(await storage.read(HASH, '500.jpg')).toBeNull()
  expect(await readFile(path.join(root, '3f', HASH, '250.webp'), 'utf8')).toBe('250.webp')
  expect(await readdir(path.join(root, '.new'))).toEqual([])
  expect(await hashes()).toEqual([HASH])
  await storage.put(HASH, [file('96.jpg', 'again')])
  expect(String(await storage.read(HASH, '96.jpg'))).toBe('again')
  await storage.remove(HASH)
  await storage.remove(HASH)
  expect(await storage.read(HASH, '96.jpg')).toBeNull()
  expect(await hashes()).toEqual([])
})

test('refuses names that are no hash', async () => {
  await writeFile(path.join(path.dirname(root), 'secret'), 'secret')
  await expect(storage.read('..', 'secret')).rejects.toThrow('hash')
})

for (const [code, sentence] of [
  ['ENOSPC', /^The disk of .+ is full\. Make room there, or set SYRO_DATA_DIR to another\.$/],
  ['EROFS', /is read-only/],
] as const)
  test(`after ${code} no partial file is left, and the error says what to do`, async () => {
    let opened = 0
    const failing = new FileStorage(root, async (name) => {
      const handle = await open(name, 'wx')
      const isFull = ++opened === 2
      const writeFile: typeof handle.writeFile = async (...all) => {
        if (!isFull) return handle.writeFile(...all)
        await handle.write(Buffer.from('ha'))
        throw Object.assign(new Error(code), { code })
      }
      return new Proxy(handle, {
        get: (of, name) => {
          if (name === 'writeFile') return writeFile
          const value = Reflect.get(of, name, of)
          return typeof value === 'function' ? value.bind(of) : value
        },
      })
    })
    await expect(failing.put(HASH, [file('96.jpg'), file('250.jpg'), file('500.jpg')])).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(sentence),
    })
    expect(await storage.names(HASH)).toEqual([])
    expect(await readdir(path.join(root, '.new'))).toEqual([])
    await failing.put(HASH, [file('96.jpg')])
    expect(await storage.names(HASH)).toEqual(['96.jpg'])
  })

test('a process that is killed while it writes leaves no partial file, and its drafts are removed', async () => {
  for (let kill = 0; kill < 3; kill++) {
    const child = fork(new URL('./testing/writer.ts', import.meta.url), [root], { execArgv: ['--import', 'tsx'] })
    for (let written = 0; written <= kill * 2; written++) await once(child, 'message')
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  const found = await hashes()
  expect(found.length).toBeGreaterThan(2)
  for (const hash of found)
    for (const name of await storage.names(hash))
      expect((await stat(path.join(root, hash.slice(0, 2), hash, name))).size).toBe(300_000)

  const draft = path.join(root, '.new', 'left')
  await writeFile(draft, 'half')
  const hour = new Date(Date.now() - 3_600_000)
  const before = (await readdir(path.join(root, '.new'))).length
  expect(await storage.sweep(hour)).toBe(0)
  for (const name of await readdir(path.join(root, '.new'))) await utimes(path.join(root, '.new', name), 0, 0)
  expect(await storage.sweep(hour)).toBe(before)
  expect(await readdir(path.join(root, '.new'))).toEqual([])
})
