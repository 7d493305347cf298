import { expect, test } from '@/e2e/fixtures'

/** Addresses without a page. */
const missing = [
  '/albums?page=0',
  '/albums?page=-1',
  '/albums?page=abc',
  '/albums?page=1.5',
  '/albums?page=9999999',
  '/albums?page=99999999999999999999',
  '/artists?page=9999999',
  '/songs?page=9999999',
  '/playlists?page=9999999',
  '/genres?page=9999999',
  '/albums?sort=loudest',
  '/albums?sort=title&page=0',
  '/albums?color=reddish',
  '/albums?color=%23ffff',
  '/albums?color=red%20albums',
  '/albums?color=red&page=41',
  '/artists/nobody-2147483647',
  '/artists/nobody',
  '/albums/2147483648',
  '/albums/0',
  '/songs/x-99999999999999999999',
  '/playlists/none-2147483647',
  '/genres/no-such-genre',
  '/genres/rock?page=9999999',
  '/genres/rock/songs?page=9999999',
  '/genres/no-such-genre/songs',
  '/artists/nobody-2147483647/credits/producer/albums',
  '/artists/1/credits/dancer/songs',
  '/albums/none-2147483647/credits',
  '/search?q=the&page=0',
  '/search?q=the&page=999',
  '/search?q=the&page=999999',
  '/search?q=the&page=second',
  '/search?page=2',
  '/nothing/here',
  '/%F0%9F%8E%B5',
]

/** One address of each kind: opening a page takes longer than requesting it. */
const opened = [
  '/albums?page=9999999',
  '/albums?sort=loudest',
  '/albums?color=reddish',
  '/artists/nobody',
  '/albums/none-2147483647/credits',
  '/genres/no-such-genre',
  '/search?q=the&page=999',
  '/nothing/here',
]

test('a missing page is a 404 with links', { tag: '@smoke' }, async ({ page }) => {
  for (const path of opened) {
    const response = await page.goto(path)
    expect(response?.status(), path).toBe(404)
    await expect(page.getByRole('heading', { level: 1 }), path).toHaveText('Page not found')
    await expect(page.getByRole('main').getByRole('link').first(), path).toBeVisible()
  }
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a missing page says so, and its search works', async ({ page, request }) => {
    for (const path of missing) {
      const response = await request.get(path)
      expect(response.status(), path).toBe(404)
      const html = await response.text()
      expect(html, path).toContain('<h1>Page not found</h1>')
      expect(html, path).toContain('<a href="/albums">Albums</a>')
    }
    await page.goto('/albums/no-such-album-2147483647')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found')
    await page.getByRole('combobox', { name: 'Artist, album or song' }).fill('crooked')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/search\?q=crooked$/)
  })
})

test('an empty parameter is ignored', async ({ request }) => {
  for (const path of ['/albums?page=', '/albums?sort=']) expect((await request.get(path)).status(), path).toBe(200)
})

test('addresses are not case-sensitive', async ({ request }) => {
  for (const path of ['/Albums', '/ARTISTS?page=1', '/Search', '/SEARCH?q=the'])
    expect((await request.get(path)).status(), path).toBe(200)
})

test('a page with a long address looks the same', async ({ page }) => {
  const shown = () => page.evaluate(() => getComputedStyle(document.body).fontFamily)
  await page.goto('/search')
  const look = await shown()
  for (const [path, status] of [
    [`/search?q=${'long '.repeat(1_600)}`, 200],
    [`/albums?from=${'x'.repeat(8_000)}`, 200],
    [`/albums/${'x'.repeat(2_000)}`, 404],
  ] as const) {
    const response = await page.goto(path)
    expect(response?.status(), path.slice(0, 20)).toBe(status)
    expect(await shown(), path.slice(0, 20)).toBe(look)
    // Links must not repeat unknown parameters.
    const longest = await page
      .locator('a')
      .evaluateAll((links) => Math.max(...links.map(({ outerHTML }) => outerHTML.length)))
    expect(longest).toBeLessThan(2_000)
  }
})

test('a malformed address is a 400', async ({ request }) => {
  for (const path of ['/albums/%E0%A4%A', '/%', '/albums?page=%FF'])
    expect((await request.get(path)).status(), path).toBe(400)
})

test('a wrong slug redirects permanently to the right one and keeps the page number', async ({ page, request }) => {
  await page.goto('/playlists?sort=longest')
  const right = (await page.locator('main a[href^="/playlists/"]').first().getAttribute('href')) ?? ''
  const id = /(\d+)$/.exec(right)?.[1]
  for (const [wrong, expected] of [
    [`/playlists/${id}`, right],
    [`/playlists/wrong-words-${id}`, right],
    [`/playlists/wrong-words-${id}?page=2`, `${right}?page=2`],
  ] as const) {
    const response = await request.get(wrong, { maxRedirects: 0 })
    expect(response.status(), wrong).toBe(308)
    expect(response.headers().location, wrong).toBe(expected)
  }
})

test('the first page of a list has one canonical address', async ({ page }) => {
  await page.goto('/albums?page=1')
  await expect(page.locator('link[rel="canonical"]')).toHaveAttribute('href', /\/albums$/)
  await page.goto('/albums?page=2')
  await expect(page.locator('link[rel="canonical"]')).toHaveAttribute('href', /\/albums\?page=2$/)
})

test('the internal address of a page redirects to its public address', async ({ request }) => {
  const response = await request.get('/albums/list/title/3', { maxRedirects: 0 })
  expect(response.status()).toBe(308)
  expect(response.headers().location).toBe('/albums?sort=title&page=3')
})
