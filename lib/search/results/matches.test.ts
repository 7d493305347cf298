import { expect, test } from 'vitest'
import { parseQuery, type TextField } from '@/lib/search/text/parse'
import { matchesInAny } from './matches'

test('what was asked for is marked where it stands', () => {
  const text = 'Guns N’ Roses – Água'
  const marked = (q: string, within = text, field: TextField = 'title') =>
    matchesInAny(within, parseQuery(q), [field]).map(({ start, end }) => within.slice(start, end))
  expect(marked('agua and guns')).toEqual(['Guns', 'N', 'Água'])
  expect(marked('ros')).toEqual(['Roses'])
  // Also where what is one word here is several there.
  expect(marked('aha', 'a-ha Take On')).toEqual(['a-ha'])
  expect(marked('acdc live', 'The Best of AC/DC (Live)')).toEqual(['AC/DC', 'Live'])
  expect(marked('A C D C', 'AC/DC')).toEqual(['AC/DC'])
  expect(marked('ac dc', 'ACDC Tribute')).toEqual(['ACDC'])
  expect(marked('rocknroll suicide', 'Rock’n’Roll Suicide')).toEqual(['Rock’n’Roll', 'Suicide'])
  expect(marked('rock and roll', 'Rocknroll Days')).toEqual(['Rocknroll'])
  expect(marked('guns roses')).toEqual(['Guns', 'Roses'])
  // What is asked for in another field is not.
  expect(marked('artist:guns roses')).toEqual(['Roses'])
  expect(marked('artist:guns roses', text, 'artist')).toEqual(['Guns', 'Roses'])
})
