import { afterAll, beforeEach, expect, test } from 'vitest'
import { S3Storage } from './s3'
import { startS3 } from './testing/s3-server'

const ONE = '1'.repeat(64)
const TWO = '2'.repeat(64)
const server = await startS3('covers')
afterAll(() => server.close())

const storage = new S3Storage({
  bucket: 'covers',
  region: 'eu-test-1',
  endpoint: server.address,
  credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'very-secret' },
})
const file = (name: string) => ({ name, bytes: Buffer.from(name) })

beforeEach(() => {
  server.objects.clear()
  server.requests.length = 0
  server.fail.times = 0
})

test('stores objects by hash until they are removed', async () => {
  await storage.put(ONE, [file('96.avif'), file('96.jpg')])
  expect([...server.objects.keys()].sort()).toEqual([`artwork/${ONE}/96.avif`, `artwork/${ONE}/96.jpg`])
  expect(server.objects.get(`artwork/${ONE}/96.avif`)).toMatchObject({
    body: Buffer.from('96.avif'),
    type: 'image/avif',
    cacheControl: 'public, max-age=31536000, immutable',
  })
  expect(await storage.read(ONE, '96.jpg')).toEqual(Buffer.from('96.jpg'))
  expect(await storage.read(ONE, '250.jpg')).toBeNull()
  expect((await storage.names(ONE)).sort()).toEqual(['96.avif', '96.jpg'])
  await storage.remove(ONE)
  expect(await storage.names(ONE)).toEqual([])
})

test('requests are in path style, signed for the region, and hold no secret', async () => {
  await storage.put(ONE, [file('96.webp')])
  const [{ method, path, headers } = { method: '', path: '', headers: {} }] = server.requests
  expect([method, path]).toEqual(['PUT', `/covers/artwork/${ONE}/96.webp`])
  expect(headers.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIATEST\/\d{8}\/eu-test-1\/s3\/aws4_request, SignedHeaders=.+, Signature=[0-9a-f]{64}$/,
  )
  expect(headers['content-length']).toBe('7')
  expect(JSON.stringify(server.requests)).not.toContain('very-secret')
})

test('lists each picture once across pages', async () => {
  for (const hash of [ONE, TWO]) await storage.put(hash, ['96.jpg', '250.jpg', '500.jpg', '1000.jpg'].map(file))
  server.objects.set('artwork/readme.txt', {
    body: Buffer.alloc(0),
    type: '',
    cacheControl: '',
    changedAt: new Date(0),
  })
  for (const [key, each] of server.objects) each.changedAt = new Date(key.endsWith('/500.jpg') ? 2_000 : 1_000)
  const found = []
  for await (const each of storage.list()) found.push(each)
  expect(found).toEqual([ONE, TWO].map((hash) => ({ hash, changedAt: new Date(2_000) })))
  expect(server.requests.filter(({ method }) => method === 'GET').length).toBe(3)
})

test('retries temporary errors; reports lasting ones without secrets', async () => {
  Object.assign(server.fail, { status: 500, times: 1 })
  await storage.put(ONE, [file('96.jpg')])
  expect(await storage.names(ONE)).toEqual(['96.jpg'])
  Object.assign(server.fail, { status: 403, times: 9 })
  const refused = await storage.read(ONE, '96.jpg').catch((error: unknown) => error)
  expect(refused).toMatchObject({
    code: 'unavailable',
    message: 'The bucket covers is unavailable (AccessDenied).',
  })
  expect(String(refused)).not.toContain('very-secret')
})
