import { type Page, test } from '@playwright/test'

/** Opens a page of each kind. Details are found by following links, so that any catalogue will do. */
export const pageKinds: Record<string, (page: Page) => Promise<unknown>> = {
  home: (page) => page.goto('/'),
  artists: (page) => nextPage(page, '/artists'),
  albums: (page) => page.goto('/albums'),
  'albums of a colour': (page) => page.goto('/albums?color=green'),
  songs: (page) => nextPage(page, '/songs?sort=title'),
  playlists: (page) => page.goto('/playlists'),
  genres: (page) => page.goto('/genres'),
  genre: (page) => first(page, '/genres', '/genres/'),
  'songs of a genre': async (page) => {
    await first(page, '/genres', '/genres/')
    await follow(page, 'nav[aria-label^="Browse "] a[href$="/songs"]', 'The first genre has only albums or only songs')
  },
  artist: (page) => first(page, '/artists?sort=popular', '/artists/'),
  album: (page) => first(page, '/albums?sort=longest', '/albums/'),
  song: (page) => first(page, '/songs', '/songs/'),
  playlist: (page) => first(page, '/playlists?sort=longest', '/playlists/'),
  'API documentation': (page) => page.goto('/api/docs'),
  'API problems': (page) => page.goto('/api/docs/problems'),
  search: (page) => page.goto('/search'),
  'search results': (page) => page.goto('/search?q=the'),
  'sign in': (page) => page.goto('/sign-in'),
  'not found': (page) => page.goto('/albums/no-such-album-2147483647'),
}

/** Opens the second page of a list, or the first if there is only one. */
async function nextPage(page: Page, list: string): Promise<void> {
  await page.goto(list)
  if ((await page.locator('a[rel="next"]').count()) > 0) await follow(page, 'a[rel="next"]', '')
}

/** Opens the first item of a list. */
async function first(page: Page, list: string, prefix: string): Promise<void> {
  await page.goto(list)
  await follow(page, `main a[href^="${prefix}"]`, `There is nothing in ${list}`)
}

/** Opens the page that a link leads to. Skips the test, for a reason, if there is no such link. */
async function follow(page: Page, selector: string, reason: string): Promise<void> {
  const link = page.locator(selector)
  test.skip((await link.count()) === 0, reason)
  await page.goto((await link.first().getAttribute('href')) ?? '')
}
