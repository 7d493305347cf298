import { expect, test } from 'vitest'
import { Repeats } from './repeats'

const written = (repeats: Repeats, entries: unknown[][]) => entries.flatMap((entry) => repeats.take(entry) ?? [])

test('a repeated error is logged three times, then counted, and logged again in the next window', () => {
  const repeats = new Repeats()
  const errors = Array.from({ length: 350 }, () => [new TypeError('TRACE is unsupported')])
  const lines = written(repeats, errors)
  expect(lines).toHaveLength(3)
  expect(lines[0]).toMatch(/^TypeError: TRACE is unsupported\n {4}at /)
  expect(repeats.summary()).toEqual(['Repeated 347 more times: TypeError: TRACE is unsupported'])
  expect(repeats.summary()).toEqual([])
  expect(written(repeats, errors)).toHaveLength(3)
})

test('entries that differ only in ids and numbers are of one kind', () => {
  const repeats = new Repeats()
  const entries = Array.from({ length: 10 }, (_, index) => [`Request ${crypto.randomUUID()}, GET /albums/${index}: no`])
  expect(written(repeats, entries)).toHaveLength(3)
  expect(written(repeats, [['Request %s failed', 'a'], ['Mail could not be sent']])).toEqual([
    'Request a failed',
    'Mail could not be sent',
  ])
})

test('a single entry is formatted like console output', () => {
  expect(written(new Repeats(), [['a %s %d', 'b', 1, { c: 2 }]])).toEqual(['a b 1 { c: 2 }'])
})

test('excess kinds are counted, and a long entry is cut', () => {
  const repeats = new Repeats()
  const name = (index: number) => [...String(index)].map((digit) => 'abcdefghij'[Number(digit)]).join('')
  const entries = Array.from({ length: 1_000 }, (_, index) => [`Kind ${name(index)}!`])
  expect(written(repeats, entries)).toHaveLength(50)
  expect(repeats.summary()).toEqual(['Omitted 950 other entries.'])
  const [cut = ''] = written(repeats, [['x'.repeat(30_000)]])
  expect(cut).toHaveLength(4_000 + '… (26000 more characters)'.length)
})
