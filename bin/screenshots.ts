import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { type BrowserContextOptions, chromium, type Page } from '@playwright/test'
import { findChromium } from '@/e2e/chromium'

/**
 * `npx tsx bin/screenshots.ts <address>`: takes the documentation's screenshots of a site with the demo catalogue. The
 * system needs fonts for all scripts.
 */
const [address] = process.argv.slice(2)
const target = path.join(import.meta.dirname, '../docs/images')

const screens = {
  wide: { viewport: { width: 1440, height: 900 } },
  tablet: { viewport: { width: 768, height: 1024 } },
  phone: { viewport: { width: 360, height: 780 }, deviceScaleFactor: 2 },
} satisfies Record<string, BrowserContextOptions>

const pictures: { name: string; screen: keyof typeof screens; colorScheme: 'light' | 'dark'; open: Open }[] = [
  { name: 'home-light', screen: 'wide', colorScheme: 'light', open: at('/') },
  { name: 'home-dark', screen: 'wide', colorScheme: 'dark', open: at('/') },
  { name: 'albums-tablet', screen: 'tablet', colorScheme: 'light', open: at('/albums?sort=title&page=5') },
  { name: 'album-dark', screen: 'wide', colorScheme: 'dark', open: first('/albums?sort=title&page=5', '/albums/') },
  { name: 'artists-phone', screen: 'phone', colorScheme: 'light', open: at('/artists') },
  { name: 'album-phone', screen: 'phone', colorScheme: 'dark', open: first('/albums?sort=title&page=5', '/albums/') },
]

type Open = (page: Page) => Promise<unknown>

function at(address: string): Open {
  return (page) => page.goto(address)
}

/** The first item of a list. */
function first(list: string, prefix: string): Open {
  return async (page) => {
    await page.goto(list)
    await page.goto((await page.locator(`main a[href^="${prefix}"]`).first().getAttribute('href')) ?? '')
  }
}

if (!address) throw new Error('The address of the site is missing: npx tsx bin/screenshots.ts http://localhost:3000')
await mkdir(target, { recursive: true })
const browser = await chromium.launch({
  executablePath: await findChromium(console.log),
  args: ['--no-sandbox', '--disable-gpu'],
})
for (const { name, screen, colorScheme, open } of pictures) {
  const context = await browser.newContext({ ...screens[screen], colorScheme, baseURL: address })
  const page = await context.newPage()
  await open(page)
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: path.join(target, `${name}.png`) })
  await context.close()
}
await browser.close()
