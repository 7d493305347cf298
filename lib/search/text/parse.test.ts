import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseQuery } from './parse'

const clauses = (text: string) =>
  parseQuery(text).clauses.map(({ field, tokens, isPhrase }) =>
    [field && `${field}:`, isPhrase && 'phrase ', tokens.map((token) => token.text).join(' ')].filter(Boolean).join(''),
  )

test('parses words, phrases and fields', () => {
  expect(clauses('beatles yesterday')).toEqual(['beatles', 'yesterday'])
  expect(clauses('"here comes" sun')).toEqual(['phrase here comes', 'sun'])
  expect(clauses('artist:"Pink Floyd" album:Wall money')).toEqual(['artist:phrase pink floyd', 'album:wall', 'money'])
  expect(parseQuery('year:1997 genre:jazz kind:live length:>10m')).toMatchObject({
    clauses: [],
    years: [{ from: 1997, to: 1997 }],
    genres: ['jazz'],
    kinds: ['live'],
    length: { from: 600_001, to: null },
  })
  expect(parseQuery('year:1990s year:1960-1969 length:>=3:30 length:<5m')).toMatchObject({
    years: [
      { from: 1990, to: 1999 },
      { from: 1960, to: 1969 },
    ],
    length: { from: 210_000, to: 299_999 },
  })
})

test('reads unknown fields, and fields without a valid value, as words', () => {
  expect(clauses('Terminator 2: Judgment')).toEqual(['terminator', '2', 'judgment'])
  expect(clauses('foo:bar')).toEqual(['foo', 'bar'])
  expect(clauses('year:soon')).toEqual(['year', 'soon'])
  expect(clauses('kind:strange')).toEqual(['kind', 'strange'])
  expect(clauses('"unbalanced')).toEqual(['unbalanced'])
  expect(clauses('""')).toEqual([])
  expect(clauses('artist:""')).toEqual(['artist'])
})

test('marks the words of a field without a valid value', () => {
  const meant = (text: string) =>
    parseQuery(text).clauses.map(({ tokens, isInvalidField = false }) => [tokens[0]?.text, isInvalidField])
  for (const text of ['length:>', 'length:', 'length: >', 'LENGTH:>5x'])
    expect(meant(`queen ${text}`).slice(0, 2), text).toEqual([
      ['queen', false],
      ['length', true],
    ])
  expect(meant('year:soon lenght:>')).toEqual([
    ['year', true],
    ['soon', true],
    ['lenght', false],
  ])
  expect(meant('artist: queen: live')).toEqual([
    ['queen', false],
    ['live', false],
  ])
})

test('the last word may be a prefix unless a quote closes it', () => {
  expect(parseQuery('lov').isOpen).toBe(true)
  expect(parseQuery('lov ')).toEqual(parseQuery('lov'))
  expect(parseQuery('"lov"').isOpen).toBe(false)
})

test('parses any text within limits', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const { clauses: found } = parseQuery(text)
      expect(found.length).toBeLessThanOrEqual(16)
      for (const { tokens } of found) for (const token of tokens) expect(token.text).not.toBe('')
    }),
    { numRuns: 200 },
  )
  for (let code = 0; code < 128; code++) parseQuery(`a${String.fromCharCode(code)}b`)
  expect(parseQuery('x'.repeat(10_000)).text).toHaveLength(300)
  expect(parseQuery('word '.repeat(500)).clauses).toHaveLength(16)
})
