import { expect, test } from 'vitest'
import { browse } from './list-metadata'

test('a list is described by the orders that it offers', () => {
  expect(browse(1_456, 'album', ['newest', 'title', 'popular', 'longest'])).toBe(
    'Browse 1,456 albums by title, newest or best known.',
  )
  expect(browse(2, 'artist', ['name', 'newest'])).toBe('Browse 2 artists by name or newest.')
  expect(browse(0, 'playlist', ['name', 'newest'])).toBe('No playlists yet.')
})
