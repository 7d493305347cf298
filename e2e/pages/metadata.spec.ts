import { expect, test } from '@/e2e/fixtures'
import { kinds } from './kinds'

/** What search engines are told each kind of page is about. */
const subjects: Record<string, string[]> = {
  home: ['WebSite'],
  artist: ['MusicGroup', 'Person'],
  album: ['MusicAlbum'],
  song: ['MusicRecording'],
  playlist: ['MusicPlaylist'],
}

const { 'what is not there': _, search: __, 'what is found': ___, 'sign in': ____, ...indexed } = kinds

for (const [kind, open] of Object.entries(indexed))
  test(`${kind} says what it is`, async ({ page }) => {
    await open(page)
    await expect(page).toHaveTitle(/SyroMusic/)
    for (const name of ['description', 'og:title', 'og:description', 'og:url', 'og:type']) {
      const meta = page.locator(`meta[name="${name}"], meta[property="${name}"]`)
      await expect(meta, name).toHaveAttribute('content', /\S/)
    }
    const canonical = await page.locator('link[rel="canonical"]').getAttribute('href')
    expect(new URL(canonical ?? '').pathname).toBe(new URL(page.url()).pathname)

    const data = await page.locator('script[type="application/ld+json"]').allTextContents()
    const types = data.flatMap((text) => [JSON.parse(text)].flat()).map((thing) => thing['@type'])
    const subject = subjects[kind]
    if (subject) {
      expect(types.some((type) => subject.includes(type))).toBe(true)
      expect(types).toContain('BreadcrumbList')
    }
  })

test('robots.txt names the sitemap, and every address of the sitemap is there', async ({ request }) => {
  const robots = await (await request.get('/robots.txt')).text()
  expect(robots).toMatch(/^Sitemap: http\S+\/sitemap\.xml$/m)
  const locations = (xml: string) => [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map((match) => match[1] ?? '')
  const index = await request.get('/sitemap.xml')
  expect(index.headers()['content-type']).toContain('xml')
  const parts = locations(await index.text())
  expect(parts.length).toBeGreaterThanOrEqual(4)
  for (const part of parts) {
    const addresses = locations(await (await request.get(new URL(part).pathname)).text())
    expect(addresses.length, part).toBeGreaterThan(0)
    expect(addresses.length, part).toBeLessThanOrEqual(50_000)
    for (const address of [addresses[0], addresses.at(-1)])
      expect((await request.get(new URL(address ?? '').pathname, { maxRedirects: 0 })).status(), address).toBe(200)
  }
})
