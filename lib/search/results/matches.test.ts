import { expect, test } from 'vitest'
import { parseQuery, type TextField } from '@/lib/search/text/parse'
import { matcherOf } from './matches'

test('finds the words of a query in a text', () => {
  const text = 'Guns N’ Roses – Água'
  const marked = (q: string, within = text, field: TextField = 'title') =>
    matcherOf(parseQuery(q))(within, [field]).map(({ start, end }) => within.slice(start, end))
  expect(marked('agua and guns')).toEqual(['Guns', 'N', 'Água'])
  expect(marked('ros')).toEqual(['Roses'])
  // Several words may be one word in the query, and vice versa.
  expect(marked('aha', 'a-ha Take On')).toEqual(['a-ha'])
  expect(marked('acdc live', 'The Best of AC/DC (Live)')).toEqual(['AC/DC', 'Live'])
  expect(marked('A C D C', 'AC/DC')).toEqual(['AC/DC'])
  expect(marked('ac dc', 'ACDC Tribute')).toEqual(['ACDC'])
  expect(marked('rocknroll suicide', 'Rock’n’Roll Suicide')).toEqual(['Rock’n’Roll', 'Suicide'])
  expect(marked('rock and roll', 'Rocknroll Days')).toEqual(['Rocknroll'])
  expect(marked('guns roses')).toEqual(['Guns', 'Roses'])
  // Words of other fields don't match.
  expect(marked('artist:guns roses')).toEqual(['Roses'])
  expect(marked('artist:guns roses', text, 'artist')).toEqual(['Guns', 'Roses'])
})
