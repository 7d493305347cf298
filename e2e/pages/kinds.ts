import type { Page } from '@playwright/test'

/** A page of each kind, found by following links from where a listener would, so that no id is written here. */
export const kinds: Record<string, (page: Page) => Promise<unknown>> = {
  home: (page) => page.goto('/'),
  artists: (page) => page.goto('/artists?page=2'),
  albums: (page) => page.goto('/albums'),
  'albums of a colour': (page) => page.goto('/albums?color=green'),
  songs: (page) => page.goto('/songs?sort=title&page=3'),
  playlists: (page) => page.goto('/playlists'),
  genres: (page) => page.goto('/genres'),
  genre: (page) => follow(page, '/genres', '/genres/'),
  'songs of a genre': async (page) => {
    await follow(page, '/genres', '/genres/')
    const songs = page.getByRole('navigation', { name: /^Browse / }).getByRole('link', { name: /songs?$/ })
    await page.goto((await songs.getAttribute('href')) ?? '')
  },
  artist: (page) => follow(page, '/artists?sort=popular', '/artists/'),
  album: (page) => follow(page, '/albums?sort=longest', '/albums/'),
  song: (page) => follow(page, '/songs', '/songs/'),
  playlist: (page) => follow(page, '/playlists?sort=longest', '/playlists/'),
  api: (page) => page.goto('/api/docs'),
  'problems of the api': (page) => page.goto('/api/docs/problems'),
  search: (page) => page.goto('/search'),
  'what is found': (page) => page.goto('/search?q=the'),
  'sign in': (page) => page.goto('/sign-in'),
  'what is not there': (page) => page.goto('/albums/no-such-album-2147483647'),
}

async function follow(page: Page, list: string, prefix: string): Promise<void> {
  await page.goto(list)
  const href = await page.locator(`main a[href^="${prefix}"]`).first().getAttribute('href')
  await page.goto(href ?? '')
}
