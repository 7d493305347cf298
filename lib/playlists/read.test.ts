import { expect, test } from 'vitest'
import { catchUp } from '@/lib/cache/changes/read'
import { currencyOf } from '@/lib/cache/changes/recent'
import { recording } from '@/lib/cache/dependencies/recorder'
import { createTestDatabase } from '@/lib/db/testing/database'
import { importInput, ndjson } from '@/lib/imports/testing'
import { findPlaylists } from './read'

await createTestDatabase()

test('a playlist is stale when a song on it gets its first album', async () => {
  await importInput(
    ndjson(
      [
        { type: 'song', id: 's', title: 'S' },
        { type: 'playlist', id: 'p', name: 'P', items: [{ song: 's' }] },
      ],
      'test',
    ),
  )
  await catchUp()
  const before = await recording(() => findPlaylists('name', 1))
  await importInput(ndjson([{ type: 'album', id: 'a', title: 'A', discs: [{ tracks: [{ song: 's' }] }] }], 'test'))
  await catchUp()
  const after = await recording(() => findPlaylists('name', 1))
  expect(JSON.stringify(after.result)).not.toBe(JSON.stringify(before.result))
  expect(currencyOf(before.dependencies)).toBe('stale')
})
