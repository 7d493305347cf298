import { expect, test } from 'vitest'
import { parseEnvironment } from './env'

test('nothing need be set, and an empty variable is one that is not set', () => {
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
] as const)
  test(`${name}=${value} stops the start with a sentence that names it`, () =>
    expect(() => parseEnvironment({ [name]: value })).toThrow(name))

for (const [name, value, sentence] of [
  ['PORT', '70000', 'PORT: must be a whole number from 0 to 65535'],
  ['PORT', '80.5', 'PORT: must be a whole number from 0 to 65535'],
  ['SYRO_DEMO', 'yes', 'SYRO_DEMO: must be 0 or 1'],
] as const)
  test(`${name}=${value} says what it must be`, () =>
    expect(() => parseEnvironment({ [name]: value })).toThrow(sentence))
