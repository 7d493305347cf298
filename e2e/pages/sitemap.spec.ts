import { expect, test } from '@/e2e/fixtures'

test('robots.txt names the sitemap, and the addresses of the sitemap exist', { tag: '@smoke' }, async ({ request }) => {
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
