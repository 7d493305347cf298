import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { fileNamesOf, sizesOf } from '@/lib/catalogue/artwork/variants'
import { createTestDatabase } from '@/lib/db/testing/database'
import { makeScratch } from '@/lib/db/testing/scratch'
import { Makers } from './making/makers'
import type { Order } from './making/messages'
import { FileStorage } from './storage/files'
import { takePicture } from './take'
import { claiming, plain, realPictures, SVG } from './testing'

const { pool } = await createTestDatabase()
const scratch = await makeScratch('artwork')
const into = new FileStorage(scratch)
const makers = new Makers()
let made = 0
const by = {
  make: (order: Order, signal?: AbortSignal) => {
    made += 1
    return makers.make(order, signal)
  },
}
afterAll(async () => {
  makers.end()
  await rm(scratch, { recursive: true, force: true })
})

const take = (bytes: Uint8Array) => takePicture(bytes, { into, by })
async function taken(bytes: Uint8Array): Promise<string> {
  const outcome = await take(bytes)
  if ('refused' in outcome) throw new Error(outcome.refused)
  return outcome.hash
}
async function refused(bytes: Uint8Array): Promise<string> {
  const outcome = await take(bytes)
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

describe.skipIf(good.length === 0)('real pictures (skipped where ../shared is not there)', () => {
  for (const { name, bytes } of good)
    test(`${name} is taken, in every size and format`, async () => {
      const hash = await taken(bytes)
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
        // No profile, no date, no place.
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
    test(`${name} is refused, and the next is taken`, async () => {
      expect(await refused(bytes)).toMatch(/^It can’t be decoded: .+\.$/)
      await taken(await plain('#123456'))
    })
})

describe('what is no picture is refused', () => {
  for (const [what, bytes, why] of [
    ['nothing', Buffer.alloc(0), 'It is empty.'],
    ['SVG', SVG, 'It is none of JPEG, PNG, WebP, AVIF and GIF, by how it begins.'],
    ['random bytes', randomBytes(10_000), /^It is none of/],
    [
      'random bytes that begin like a JPEG',
      Buffer.from(`ffd8ff${'5a'.repeat(5_000)}`, 'hex'),
      /^It can’t be decoded: /,
    ],
    ['a PNG of 100,000 × 100,000', claiming(100_000, 100_000), /^It can’t be decoded: .*pixel limit/],
    ['a PNG of 7,000 × 7,000 that ends early', claiming(7_000, 7_000), /^It can’t be decoded: /],
    ['20 MiB and a byte', Buffer.alloc(20 * 1024 ** 2 + 1), 'It has more than 20 MiB.'],
  ] as const)
    test(what, async () => expect(await refused(bytes)).toMatch(why))

  test('one that libvips would read, and whose brand says that it is none', async () => {
    const avif = await sharp(await plain('red'))
      .avif()
      .toBuffer()
    avif.write('heic', 8)
    expect(await refused(avif)).toMatch(/^It is none of/)
  })
})

describe('limits', () => {
  test('of memory: a progressive JPEG whose every pixel has to be held', async () => {
    const bomb = await sharp({ create: { width: 7_000, height: 7_000, channels: 3, background: '#0a0' } })
      .jpeg({ progressive: true, chromaSubsampling: '4:4:4' })
      .toBuffer()
    expect(await refused(bomb)).toBe('It takes more than 256 MiB of memory to decode.')
    await taken(await plain('#0b0'))
  })

  for (const [what, limits, refused] of [
    ['of a processor’s time', { mostCpuMs: 1 }, 'It takes more than 0.001 s of a processor to decode.'],
    ['of time', { mostWaitMs: 1 }, 'It is not decoded within 0.001 s.'],
  ] as const)
    test(what, async () => {
      const hurried = new Makers({ count: 1, ...limits })
      const outcome = await takePicture(await plain('#0c0', 1_000), { into, by: hurried })
      hurried.end()
      expect(outcome).toEqual({ refused })
    })

  test('whoever wants it no more while the decoder begins is heard at once', async () => {
    const one = new Makers({ count: 1 })
    const stop = new AbortController()
    const order = { bytes: await plain('#0d1', 900), type: 'image/png' }
    const making = one.make(order, stop.signal)
    // No process is ready in this turn of the loop.
    await setImmediate()
    stop.abort(new Error('Enough'))
    await expect(making).rejects.toThrow('Enough')
    one.end()
  })

  test('whoever does not want it any more stops it', async () => {
    const stop = new AbortController()
    const taking = takePicture(await plain('#0d0', 900), { into, by: makers, signal: stop.signal })
    stop.abort(new Error('Enough'))
    await expect(taking).rejects.toThrow('Enough')
    await taken(await plain('#0d0', 900))
  })
})

/** Processes that decode for this one. */
async function decoders(): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,command='])
  return stdout.split('\n').flatMap((line) => {
    const [pid, parent] = line.trim().split(/\s+/).map(Number)
    return pid && parent === process.pid && line.includes('child.ts') ? [pid] : []
  })
}

test('a decoder that is killed costs the picture that it had, and no other', async () => {
  const one = new Makers({ count: 1 })
  const others = await decoders()
  await takePicture(await plain('#0e0'), { into, by: one })
  const decoder = (await decoders()).find((pid) => !others.includes(pid)) ?? expect.fail('nothing decodes')
  const killing = async (order: Order) => {
    const making = one.make(order)
    // It has been told what to make by then, which takes it much longer.
    await setImmediate()
    process.kill(decoder, 'SIGKILL')
    return making
  }
  const large = await plain('#0f0', 3_000)
  const outcome = await takePicture(large, { into, by: { make: killing } })
  expect(outcome).toEqual({ refused: 'It ends the program that decodes it (SIGKILL).' })
  expect(await takePicture(large, { into, by: one })).toHaveProperty('hash')
  expect(await decoders()).not.toContain(decoder)
  one.end()
})

test('what others have left in a decoder is no fault of a picture', async () => {
  const one = new Makers({ count: 1 })
  const others = await decoders()
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
  const small = await sharp({ create: { width: 200, height: 200, channels: 3, background: '#888', noise } })
    .png()
    .toBuffer()
  const first = await sharp(small).resize(2_500).avif({ effort: 0, quality: 30 }).toBuffer()
  const second = await sharp(small).resize(4_700).jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer()
  // The first leaves some, of which the second alone has enough.
  for (const bytes of [first, second]) expect(await takePicture(bytes, { into, by: one })).toHaveProperty('hash')
  expect((await decoders()).filter((pid) => !others.includes(pid)).length).toBeLessThanOrEqual(1)
  one.end()
})

test('the same bytes twice are no work, unless the storage lost them', async () => {
  const bytes = await plain('#abcdef')
  const hash = await taken(bytes)
  const before = made
  expect(await taken(bytes)).toBe(hash)
  expect(made).toBe(before)
  await rm(path.join(scratch, hash.slice(0, 2), hash, '96.webp'))
  expect(await taken(bytes)).toBe(hash)
  expect(made).toBe(before + 1)
  expect(await into.names(hash)).toContain('96.webp')
})

test('many at once are all taken', async () => {
  const pictures = await Promise.all(Array.from({ length: 8 }, (_, index) => plain(`hsl(${index * 40}, 80%, 50%)`)))
  expect(new Set(await Promise.all(pictures.map(taken))).size).toBe(8)
})

test('it is turned as it is looked at, and an animation stands still', async () => {
  const turned = await sharp(await plain('blue', 60, 30))
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  expect(await rowOf(await taken(turned))).toMatchObject({ width: 30, height: 60, type: 'image/jpeg' })

  const frames = await Promise.all(['red', 'lime'].map((colour) => plain(colour, 50)))
  const animated = await sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer()
  expect((await sharp(animated).metadata()).pages).toBe(2)
  const hash = await taken(animated)
  expect(await rowOf(hash)).toMatchObject({ width: 50, height: 50, colours: [{ hex: '#ff0000' }] })
})

test('what shows through is white, and grey is grey', async () => {
  const clear = await sharp({ create: { width: 20, height: 20, channels: 4, background: '#00000000' } })
    .png()
    .toBuffer()
  expect(await rowOf(await taken(clear))).toMatchObject({ colours: [{ hex: '#ffffff', share: 1 }] })
  const grey = await sharp(await plain('#808080'))
    .greyscale()
    .png()
    .toBuffer()
  expect(await rowOf(await taken(grey))).toMatchObject({ colours: [{ hex: '#808080', share: 1 }] })
})

test('a picture is never enlarged, and its last size shows all of it', () => {
  expect(sizesOf({ width: 60, height: 20 })).toEqual([96])
  expect(sizesOf({ width: 96, height: 20 })).toEqual([96])
  expect(sizesOf({ width: 200, height: 97 })).toEqual([96, 250])
  expect(sizesOf({ width: 600, height: 600 })).toEqual([96, 250, 500, 1000])
  expect(sizesOf({ width: 90, height: 5_000 })).toEqual([96, 250, 500, 1000])
})
