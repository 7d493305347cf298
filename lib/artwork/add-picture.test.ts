import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { constants } from 'node:os'
import path from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { DecoderPool } from '@/lib/artwork/decoding/decoder-pool'
import type { DecodingTask } from '@/lib/artwork/decoding/messages'
import { FileStorage } from '@/lib/artwork/storage/files'
import { fileNamesOf, sizesOf } from '@/lib/catalogue/artwork/variants'
import { createTestDatabase } from '@/lib/db/testing/database'
import { makeScratch } from '@/lib/db/testing/scratch'
import { addPicture } from './add-picture'
import { claiming, plain, realPictures, SVG } from './testing'

const { pool } = await createTestDatabase()
const scratch = await makeScratch('artwork')
const into = new FileStorage(scratch)
/** With a low priority, decoding could take minutes on a busy machine. */
const priority = constants.priority.PRIORITY_NORMAL
const decoderPool = new DecoderPool({ priority })
let processed = 0
const decoder = {
  processPicture: (task: DecodingTask, signal?: AbortSignal) => {
    processed += 1
    return decoderPool.processPicture(task, signal)
  },
}
afterAll(async () => {
  decoderPool.end()
  await rm(scratch, { recursive: true, force: true })
})

const add = (bytes: Uint8Array) => addPicture(bytes, { into, decoder })
async function hashOf(bytes: Uint8Array): Promise<string> {
  const outcome = await add(bytes)
  if ('refused' in outcome) throw new Error(outcome.refused)
  return outcome.hash
}
async function refused(bytes: Uint8Array): Promise<string> {
  const outcome = await add(bytes)
  if ('hash' in outcome) throw new Error('It was taken')
  const hash = createHash('sha256').update(bytes).digest('hex')
  expect(await into.names(hash)).toEqual([])
  expect(await rowOf(hash)).toBeUndefined()
  return outcome.refused
}
const file = async (hash: string, name: string) => (await into.read(hash, name)) ?? Buffer.alloc(0)

type Row = {
  type: string
  width: number
  height: number
  bytes: number
  thumb_hash: Buffer
  colours: { hex: string }[]
}
const rowOf = async (hash: string) => (await pool.query<Row>('SELECT * FROM artwork WHERE hash = $1', [hash])).rows[0]

const good = realPictures('good')
const bad = realPictures('bad')

describe.skipIf(good.length === 0)('real pictures (skipped if ../shared is missing)', () => {
  for (const { name, bytes } of good)
    test(`${name} is stored in every size and format`, async () => {
      const hash = await hashOf(bytes)
      expect(hash).toBe(createHash('sha256').update(bytes).digest('hex'))
      const row = await rowOf(hash)
      if (!row) throw new Error('There is no row')
      expect(row.bytes).toBe(bytes.length)
      expect(row.thumb_hash.length).toBeGreaterThan(4)
      expect(row.colours.length).toBeGreaterThan(0)
      expect((await into.names(hash)).sort()).toEqual(fileNamesOf(row).sort())
      for (const each of fileNamesOf(row)) {
        const bytesOf = await file(hash, each)
        const found = await sharp(bytesOf).metadata()
        const [size = '', format = ''] = each.split('.')
        expect(Math.max(found.width, found.height)).toBe(Math.min(Number(size), Math.max(row.width, row.height)))
        expect(found.mediaType).toBe({ avif: 'image/avif', webp: 'image/webp', jpg: 'image/jpeg' }[format])
        // No profile, date or location.
        expect([found.exif, found.icc, found.xmp, found.iptc, found.orientation, found.pages ?? 1]).toEqual([
          undefined,
          undefined,
          undefined,
          undefined,
          undefined,
          1,
        ])
        expect(bytesOf.includes('Exif')).toBe(false)
      }
    })

  for (const { name, bytes } of bad)
    test(`${name} is refused, and the next picture is added`, async () => {
      expect(await refused(bytes)).toMatch(/^It can’t be decoded: .+\.$/)
      await hashOf(await plain('#123456'))
    })
})

describe('refuses', () => {
  for (const [what, bytes, why] of [
    ['an empty file', Buffer.alloc(0), 'The file is empty.'],
    ['SVG', SVG, 'Its first bytes match none of the accepted formats (JPEG, PNG, WebP, AVIF or GIF).'],
    ['random bytes', randomBytes(10_000), /^Its first bytes match none/],
    [
      'random bytes that begin like a JPEG',
      Buffer.from(`ffd8ff${'5a'.repeat(5_000)}`, 'hex'),
      /^It can’t be decoded: /,
    ],
    ['a PNG of 100,000 × 100,000', claiming(100_000, 100_000), /^It can’t be decoded: .*pixel limit/],
    ['a PNG of 7,000 × 7,000 that ends early', claiming(7_000, 7_000), /^It can’t be decoded: /],
    ['20 MiB and a byte', Buffer.alloc(20 * 1024 ** 2 + 1), 'The file is larger than 20 MiB.'],
  ] as const)
    test(what, async () => expect(await refused(bytes)).toMatch(why))

  test('a picture that libvips would read but whose brand is not accepted', async () => {
    const avif = await sharp(await plain('red'))
      .avif()
      .toBuffer()
    avif.write('heic', 8)
    expect(await refused(avif)).toMatch(/^Its first bytes match none/)
  })
})

describe('limits', () => {
  test('memory: a progressive JPEG, which is decoded as a whole', async () => {
    const bomb = await sharp({ create: { width: 6_000, height: 6_000, channels: 3, background: '#0a0' } })
      .jpeg({ progressive: true, chromaSubsampling: '4:4:4' })
      .toBuffer()
    expect(await refused(bomb)).toBe('It takes more than 256 MiB of memory to decode.')
    await hashOf(await plain('#0b0'))
  })

  for (const [what, limits, refused] of [
    ['CPU time', { maxCpuMs: 1 }, 'It takes more than 0.001 s of CPU time to decode.'],
    ['a timeout', { maxWaitMs: 1 }, 'Decoding it took more than 0.001 s.'],
  ] as const)
    test(what, async () => {
      const strict = new DecoderPool({ count: 1, priority, ...limits })
      const outcome = await addPicture(await plain('#0c0', 500), { into, decoder: strict })
      strict.end()
      expect(outcome).toEqual({ refused })
    })

  test('an abort while the decoder starts takes effect immediately', async () => {
    const one = new DecoderPool({ count: 1, priority })
    const stop = new AbortController()
    const task = { bytes: await plain('#0d1'), type: 'image/png' }
    const processing = one.processPicture(task, stop.signal)
    // At this point no process is ready.
    await setImmediate()
    stop.abort(new Error('Enough'))
    await expect(processing).rejects.toThrow('Enough')
    one.end()
  })

  test('an abort stops the decoder, and the picture can be added again', async () => {
    const stop = new AbortController()
    const taking = addPicture(await plain('#0d0', 200), { into, decoder: decoderPool, signal: stop.signal })
    stop.abort(new Error('Enough'))
    await expect(taking).rejects.toThrow('Enough')
    await hashOf(await plain('#0d0', 200))
  })
})

/** The decoding processes of this process. */
async function decoders(): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,command='])
  return stdout.split('\n').flatMap((line) => {
    const [pid, parent] = line.trim().split(/\s+/).map(Number)
    return pid && parent === process.pid && line.includes('child.ts') ? [pid] : []
  })
}

test('a decoder that crashes fails its picture alone', async () => {
  const one = new DecoderPool({ count: 1, priority })
  const others = await decoders()
  await addPicture(await plain('#0e0'), { into, decoder: one })
  const decoder = (await decoders()).find((pid) => !others.includes(pid)) ?? expect.fail('nothing decodes')
  const killing = async (task: DecodingTask) => {
    const processing = one.processPicture(task)
    // The task has been sent by now, and the decoder takes much longer.
    await setImmediate()
    process.kill(decoder, 'SIGKILL')
    return processing
  }
  const large = await plain('#0f0', 1_000)
  const outcome = await addPicture(large, { into, decoder: { processPicture: killing } })
  expect(outcome).toEqual({ refused: 'Its decoder crashed (SIGKILL).' })
  expect(await addPicture(large, { into, decoder: one })).toHaveProperty('hash')
  expect(await decoders()).not.toContain(decoder)
  one.end()
})

test('retries a picture in a fresh process if other pictures left too little memory', async () => {
  const one = new DecoderPool({ count: 1, priority })
  const others = await decoders()
  // Long strips: memory depends on the decoded pixels, time mostly on the variants, which are a few pixels high.
  const strip = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#888' } })
  const first = await strip(12_500, 500).avif({ effort: 0, quality: 30 }).toBuffer()
  const second = await strip(60_000, 368).jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer()
  // A fresh process can decode the second, but not the process that has decoded the first.
  for (const bytes of [first, second]) expect(await addPicture(bytes, { into, decoder: one })).toHaveProperty('hash')
  expect((await decoders()).filter((pid) => !others.includes(pid)).length).toBeLessThanOrEqual(1)
  one.end()
})

test('adding the same bytes again decodes nothing, unless the storage lost a file', async () => {
  const bytes = await plain('#abcdef')
  const hash = await hashOf(bytes)
  const before = processed
  expect(await hashOf(bytes)).toBe(hash)
  expect(processed).toBe(before)
  await rm(path.join(scratch, hash.slice(0, 2), hash, '96.webp'))
  expect(await hashOf(bytes)).toBe(hash)
  expect(processed).toBe(before + 1)
  expect(await into.names(hash)).toContain('96.webp')
})

test('adds many pictures concurrently', async () => {
  const pictures = await Promise.all(Array.from({ length: 8 }, (_, index) => plain(`hsl(${index * 40}, 80%, 50%)`)))
  expect(new Set(await Promise.all(pictures.map(hashOf))).size).toBe(8)
})

test('applies the EXIF orientation and keeps the first frame of an animation', async () => {
  const turned = await sharp(await plain('blue', 60, 30))
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  expect(await rowOf(await hashOf(turned))).toMatchObject({ width: 30, height: 60, type: 'image/jpeg' })

  const frames = await Promise.all(['red', 'lime'].map((colour) => plain(colour, 50)))
  const animated = await sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer()
  expect((await sharp(animated).metadata()).pages).toBe(2)
  const hash = await hashOf(animated)
  expect(await rowOf(hash)).toMatchObject({ width: 50, height: 50, colours: [{ hex: '#ff0000' }] })
})

test('transparency becomes white, and greyscale stays grey', async () => {
  const clear = await sharp({ create: { width: 20, height: 20, channels: 4, background: '#00000000' } })
    .png()
    .toBuffer()
  expect(await rowOf(await hashOf(clear))).toMatchObject({ colours: [{ hex: '#ffffff', share: 1 }] })
  const grey = await sharp(await plain('#808080'))
    .greyscale()
    .png()
    .toBuffer()
  expect(await rowOf(await hashOf(grey))).toMatchObject({ colours: [{ hex: '#808080', share: 1 }] })
})

test('a picture is never enlarged, and its last size is its own', () => {
  expect(sizesOf({ width: 60, height: 20 })).toEqual([96])
  expect(sizesOf({ width: 96, height: 20 })).toEqual([96])
  expect(sizesOf({ width: 200, height: 97 })).toEqual([96, 250])
  expect(sizesOf({ width: 600, height: 600 })).toEqual([96, 250, 500, 1000])
  expect(sizesOf({ width: 90, height: 5_000 })).toEqual([96, 250, 500, 1000])
})
