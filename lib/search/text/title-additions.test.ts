import { expect, test } from 'vitest'
import { withoutAdditions } from './title-additions'

test.each([
  ['Bohemian Rhapsody (Remastered 2011)', 'Bohemian Rhapsody'],
  ['Bohemian Rhapsody (feat. Freddie Mercury) [Remastered 2011]', 'Bohemian Rhapsody'],
  ['Bohemian Rhapsody - Remastered 2011', 'Bohemian Rhapsody'],
  ['Bohemian Rhapsody – 2011 Remaster', 'Bohemian Rhapsody'],
  ['Queen – Bohemian Rhapsody (Official Video', 'Queen – Bohemian Rhapsody'],
  ['Umbrella feat. Jay-Z', 'Umbrella'],
  ['01 stairway to heaven', 'stairway to heaven'],
  ['7. One', 'One'],
])('removes the additions of %s', (pasted, title) => {
  expect(withoutAdditions(pasted)).toBe(title)
})

test.each(['Dancing with Myself', '(Untitled)', 'Ain’t No Mountain High Enough', '1979', 'Featherweight', ''])(
  'leaves %s unchanged',
  (text) => {
    expect(withoutAdditions(text)).toBeNull()
  },
)
