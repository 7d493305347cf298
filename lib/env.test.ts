import { expect, test } from 'vitest'
import { parseEnvironment } from './env'

test('needs no variables, and ignores empty ones', () => {
  const expected = { SYRO_DATA_DIR: '.data', SYRO_DEMO: true, PORT: 3000 }
  expect(parseEnvironment({})).toMatchObject(expected)
  expect(parseEnvironment({ PORT: '', DATABASE_URL: '', SYRO_DEMO: '' })).toMatchObject(expected)
})

for (const [name, value] of [
  ['PORT', 'http'],
  ['PORT', '70000'],
  ['SYRO_DEMO', 'yes'],
  ['DATABASE_URL', 'mysql://localhost/music'],
  ['SYRO_URL', 'music.example'],
  ['TRUSTED_PROXIES', '10.0.0.0/8, proxy'],
  ['SYRO_SECRET', 'too short to be one'],
  ['SMTP_URL', 'mail.example:587'],
  ['MAIL_FROM', 'SyroMusic'],
  ['MAIL_FROM', 'a@example.com\r\nBcc: b@example.com'],
  ['RATE_LIMIT_ANONYMOUS', '-1'],
  ['RATE_LIMIT_KEYED', '0'],
  ['RATE_LIMIT_WINDOW', '1h'],
  ['REDIS_URL', 'localhost:6379'],
  ['S3_BUCKET', 'No Bucket'],
  ['S3_ENDPOINT', 's3.example'],
  ['ENRICHMENT', 'musicbrainz,discogs'],
  ['ENRICHMENT_CONTACT', 'somebody'],
  ['ENRICHMENT_CONTACT', 'a@example.com) evil/1.0'],
  ['ENRICHMENT_CONTACT', 'ада@пример.рф'],
  ['ENRICHMENT_CONTACT', 'https://пример.рф/'],
  ['ENRICHMENT_CONTACT', 'a\u0001@example.com'],
  ['SECURITY_CONTACT', 'somebody'],
  ['SECURITY_CONTACT', 'http://example.com/security'],
  ['SECURITY_CONTACT', 'a@example.com\r\nPolicy: https://evil.example'],
  ['ENRICHMENT_TTL', '5'],
  ['MUSICBRAINZ_URL', 'ftp://musicbrainz.example'],
  ['MUSICBRAINZ_RATE', '0'],
  ['COVERART_URL', 'coverartarchive.example'],
  ['COVERART_RATE', 'fast'],
] as const)
  test(`${name}=${value} stops the start with a sentence that names it`, () =>
    expect(() => parseEnvironment({ [name]: value })).toThrow(name))

for (const [name, value, sentence] of [
  ['PORT', '70000', 'PORT: must be a whole number from 0 to 65535'],
  ['PORT', '80.5', 'PORT: must be a whole number from 0 to 65535'],
  ['SYRO_DEMO', 'yes', 'SYRO_DEMO: must be 0 or 1'],
  [
    'ENRICHMENT',
    'musicbrains,coverart',
    'ENRICHMENT: must be names of sources (musicbrainz, coverart), not "musicbrains"',
  ],
  ['ENRICHMENT_CONTACT', 'ада@пример.рф', 'ENRICHMENT_CONTACT: must be an e-mail address or an http:// or https://'],
] as const)
  test(`${name}=${value} is an error that says what it must be`, () =>
    expect(() => parseEnvironment({ [name]: value })).toThrow(sentence))

test('mail needs a sender and the address of the site', () => {
  const SMTP_URL = 'smtp://localhost'
  const MAIL_FROM = 'SyroMusic <music@example.com>'
  const SYRO_URL = 'https://music.example'
  expect(parseEnvironment({ SMTP_URL, MAIL_FROM, SYRO_URL })).toMatchObject({ SMTP_URL, MAIL_FROM })
  expect(() => parseEnvironment({ SMTP_URL, SYRO_URL })).toThrow('MAIL_FROM: must be set if SMTP_URL is')
  expect(() => parseEnvironment({ SMTP_URL, MAIL_FROM })).toThrow('SYRO_URL: must be set if SMTP_URL is')
})

test('Upstash needs an address and a token, and excludes REDIS_URL', () => {
  const UPSTASH_REDIS_REST_URL = 'https://redis.example'
  const UPSTASH_REDIS_REST_TOKEN = 'secret'
  const both = { UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN }
  expect(parseEnvironment(both)).toMatchObject(both)
  expect(() => parseEnvironment({ UPSTASH_REDIS_REST_URL })).toThrow('UPSTASH_REDIS_REST_TOKEN: must be set if')
  expect(() => parseEnvironment({ UPSTASH_REDIS_REST_TOKEN })).toThrow('UPSTASH_REDIS_REST_URL: must be set if')
  expect(() => parseEnvironment({ ...both, REDIS_URL: 'redis://localhost' })).toThrow(
    'REDIS_URL: can’t be set together with',
  )
})

test('a bucket needs both keys or none', () => {
  const keys = { S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'very-secret' }
  expect(parseEnvironment({ S3_BUCKET: 'covers' })).toMatchObject({ S3_BUCKET: 'covers', S3_REGION: 'us-east-1' })
  expect(parseEnvironment({ S3_BUCKET: 'covers', ...keys })).toMatchObject(keys)
  expect(() => parseEnvironment(keys)).toThrow('S3_BUCKET: must be set if S3_ACCESS_KEY_ID is')
  expect(() => parseEnvironment({ S3_ENDPOINT: 'https://s3.example' })).toThrow('S3_BUCKET: must be set if')
  const half = { S3_BUCKET: 'covers', S3_SECRET_ACCESS_KEY: 'very-secret' }
  expect(() => parseEnvironment(half)).toThrow('S3_ACCESS_KEY_ID: must be set if S3_SECRET_ACCESS_KEY is')
  expect(() => parseEnvironment(half)).not.toThrow('very-secret')
})

test('enrichment is off by default and needs a contact', () => {
  const ENRICHMENT_CONTACT = 'ada@example.com'
  expect(parseEnvironment({})).toMatchObject({ ENRICHMENT: [], ENRICHMENT_TTL: 86_400, MUSICBRAINZ_RATE: 1 })
  expect(parseEnvironment({ ENRICHMENT: 'coverart, musicbrainz coverart', ENRICHMENT_CONTACT })).toMatchObject({
    ENRICHMENT: ['coverart', 'musicbrainz'],
  })
  expect(() => parseEnvironment({ ENRICHMENT: 'coverart' })).toThrow('ENRICHMENT_CONTACT: must be set if')
})
