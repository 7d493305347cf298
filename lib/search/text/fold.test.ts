import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compoundsOf, joinedOf, keyOf, neededTermsOf, termsOf, tokensOf } from './fold'

describe('spellings with the same key', () => {
  for (const [printed, ...typed] of [
    ['Motörhead', 'motorhead', 'MOTORHEAD', 'Motörhead', 'Ｍｏｔｏｒｈｅａｄ'],
    ['Guns N’ Roses', "Guns N' Roses", 'guns and roses', 'guns n roses', 'GUNS & ROSES', 'Guns ’n’ Roses'],
    [
      'Rock’n’Roll',
      'rock and roll',
      'Rock & Roll',
      "rock'n'roll",
      'Rock ‘n’ Roll',
      "rock n' roll",
      "rock 'n roll",
      "Rock'n Roll",
    ],
    ['The Beatles', 'beatles', 'the beatles'],
    ['P!nk', 'pink', 'P!NK'],
    ['Ke$ha', 'kesha'],
    ['R.E.M.', 'rem', 'r.e.m'],
    ['Sigur Rós', 'sigur ros'],
    ['Água', 'agua'],
    ['Дети', 'ДЕТИ'],
    ['Ёлка', 'елка'],
    ['Smørrebrød Æther Łódź Straße', 'smorrebrod aether lodz strasse'],
    ['Florence + the Machine', 'florence and the machine'],
    ['Simon & Garfunkel', 'simon und garfunkel'],
    ['Don’t Stop', 'dont stop', "don't stop"],
    ['Jay‐Z', 'jay z', 'JAY-Z'],
    ['ﬁre', 'fire'],
    ['がんばれ', 'がんばれ'],
    ['カ', 'ｶ'],
    ['カレンダー', 'ｶﾚﾝﾀﾞｰ', 'カレンタ\u3099ー'],
    ['L’hirondelle', "l'hirondelle", 'hirondelle'],
    ['Ὀρφεύς', 'ορφευς'],
  ] as const)
    test(printed, () => {
      for (const each of typed) expect(keyOf(each), each).toBe(keyOf(printed))
    })
})

test('different names have different keys', () => {
  for (const [one, other] of [
    ['か', 'が'],
    ['And', 'The'],
    ['N', 'and'],
    ["O'Neill", 'O and eill'],
    ["Don't", 'Don t'],
    ["Givin'", 'Givin n'],
    ['A C D C', 'C D C'],
    ['नमस्ते', 'नमस्ता'],
    ['!!!', '???'],
  ] as const)
    expect(keyOf(one)).not.toBe(keyOf(other))
})

test('joins a short name into one word', () => {
  expect(joinedOf(tokensOf('AC/DC'))).toEqual(['acdc'])
  expect(joinedOf(tokensOf('r e m'))).toEqual(['randm', 'rem'])
  expect(joinedOf(tokensOf('邓丽君'))).toEqual([])
})

test('joins the words around "and" in a longer name', () => {
  const words = ['rockandroll', 'rocknroll']
  expect(compoundsOf(tokensOf('Rock and Roll Suicide'))).toEqual(words)
  expect(compoundsOf(tokensOf('My Rock’n’Roll Suicide'))).toEqual(words)
  expect(compoundsOf(tokensOf('And Then'))).toEqual([])
})

test('indexes every part of a text without spaces', () => {
  const [token] = tokensOf('邓丽君')
  expect(token && termsOf(token)).toEqual(['邓', '丽', '君', '邓丽', '丽君'])
  expect(token && neededTermsOf(token)).toEqual(['邓丽', '丽君'])
})

test('indexes a word with and without its elided article', () => {
  const found = (text: string) => tokensOf(text).map(termsOf)
  expect(found('dans l’eau')).toEqual([['dans'], ['leau', 'eau', 'l']])
  expect(found('Dell’amore')).toEqual([['dellamore', 'amore', 'dell']])
  expect(found("Don't O'Connor T'Pau")).toEqual([['dont'], ['oconnor'], ['tpau']])
})

test('gives the positions of words', () => {
  const text = 'Guns N’ Roses – “Água” (live) 🎸 邓丽君'
  expect(tokensOf(text).map(({ start, end }) => text.slice(start, end))).toEqual([
    'Guns',
    'N',
    'Roses',
    'Água',
    'live',
    '邓丽君',
  ])
})

test('positions of any text are ordered and within it, and folding twice changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      let end = 0
      for (const token of tokensOf(text)) {
        expect(token.start).toBeGreaterThanOrEqual(end)
        expect(token.end).toBeGreaterThan(token.start)
        expect(token.end).toBeLessThanOrEqual(text.length)
        expect(token.text).not.toBe('')
        end = token.end
      }
      expect(keyOf(keyOf(text).replace(/^/, 'x '))).toBe(keyOf(`x ${keyOf(text)}`))
    }),
    { numRuns: 150 },
  )
})
