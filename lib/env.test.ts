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
] as const)
  test(`${name}=${value} stops the start with a sentence that names it`, () =>
    expect(() => parseEnvironment({ [name]: value })).toThrow(name))
