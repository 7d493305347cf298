import { expect, test } from 'vitest'
import { pageSorts } from '@/lib/catalogue/lists/sorts'
import { pages } from '@/lib/http/pages.mjs'
import { lists } from './addresses'

test('the default sort of a page route is the first sort of its list', () => {
  const firsts = new Map<string, string>([
    ['/genres/:slug', pageSorts.genreAlbums[0]],
    ['/genres/:slug/songs', pageSorts.genreSongs[0]],
  ])
  const sorted = pages.filter(({ defaultSort }) => defaultSort)
  expect(sorted).toHaveLength(6)
  for (const { path, defaultSort, lists: kind } of sorted)
    expect(defaultSort, path).toBe(kind ? lists[kind].sorts[0] : firsts.get(path))
})
