import type { Locator, Page } from '@playwright/test'
import { accessibilityFaults, expect, hydrated, popularArtist, test } from '@/e2e/fixtures'

/** The search field in the header and its suggestions. */

const box = (page: Page): Locator => page.getByRole('combobox')
const list = (page: Page): Locator => page.getByRole('listbox', { name: 'Suggestions' })
const options = (page: Page): Locator => list(page).getByRole('option')
const ADDRESS = '**/search/suggestions?q=*'

/** Opens a page and focuses the search field by key. */
async function open(page: Page, path = '/albums'): Promise<void> {
  await page.goto(path)
  await hydrated(page)
  await page.keyboard.press('/')
  await expect(box(page)).toBeFocused()
}

/** Types a text, and waits for the suggestions for all of it. */
async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text)
  await expect(list(page)).toHaveAttribute('aria-busy', 'false')
}

/** A response with one artist. */
const suggesting = (name: string) => ({
  json: { suggestions: [{ kind: 'artist', id: 1, name, about: '', marked: [], covers: [], path: '/artists/x-1' }] },
})

test('a suggestion can be found, chosen and opened by keyboard', { tag: ['@smoke', '@a11y'] }, async ({
  page,
  request,
}) => {
  const name = await popularArtist(request)
  await open(page)
  await type(page, name)
  await expect(box(page)).toHaveAttribute('aria-expanded', 'true')
  await expect(page.locator('[aria-live]').filter({ hasText: /^\d+ suggestions?$/ })).toHaveCount(1)
  await expect(box(page)).not.toHaveAttribute('aria-activedescendant')

  await page.keyboard.press('ArrowUp')
  await expect(options(page).last()).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowDown')
  await expect(box(page)).not.toHaveAttribute('aria-activedescendant')
  await page.keyboard.press('ArrowDown')
  const first = options(page).first()
  await expect(first).toHaveAttribute('aria-selected', 'true')
  await expect(box(page)).toHaveAttribute('aria-activedescendant', (await first.getAttribute('id')) ?? '')
  await expect(first).toContainText(name)
  await expect(first.locator('mark')).not.toHaveCount(0)
  // Home moves in the text and ends the choice.
  await page.keyboard.press('Home')
  await expect(box(page)).not.toHaveAttribute('aria-activedescendant')
  await page.keyboard.press('ArrowDown')
  expect(await accessibilityFaults(page)).toEqual([])

  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
  await expect(list(page)).toBeHidden()
  await expect(box(page)).toHaveValue('')
})

test('Escape closes, then clears; Enter searches; Tab leaves', async ({ page, request }) => {
  const name = await popularArtist(request)
  await open(page)
  await type(page, name)
  await expect(list(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(list(page)).toBeHidden()
  await expect(box(page)).toHaveValue(name)
  await page.keyboard.press('ArrowDown')
  await expect(options(page).first()).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(box(page)).toHaveValue('')
  await type(page, name)
  await expect(list(page)).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(list(page)).toBeHidden()
  await expect(box(page)).not.toBeFocused()
  await page.keyboard.press('/')
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname === '/search' && url.searchParams.get('q') === name)
  // On the search page, the field is part of the page.
  await expect(box(page)).toHaveValue(name)
})

test('a click opens a suggestion', async ({ page, request }) => {
  const name = await popularArtist(request)
  await open(page, '/search')
  await type(page, name)
  await options(page).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
})

test('a late response to an older text is discarded', async ({ page }) => {
  const ended: string[] = []
  page.on('requestfailed', (request) => ended.push(new URL(request.url()).searchParams.get('q') ?? ''))
  let answerOld = () => {}
  const old = new Promise<void>((resolve) => {
    answerOld = resolve
  })
  await page.route(ADDRESS, async (route) => {
    const q = new URL(route.request().url()).searchParams.get('q') ?? ''
    if (q === 'a') await old
    // The older request is aborted by now.
    await route.fulfill(suggesting(q)).catch(() => {})
  })
  await open(page)
  await page.keyboard.type('a')
  await page.keyboard.type('b')
  await expect(options(page)).toHaveText(['ab'])
  expect(ended).toEqual(['a'])
  answerOld()
  await page.unrouteAll({ behavior: 'wait' })
  await expect(options(page)).toHaveText(['ab'])
})

test('new suggestions end the choice among the old ones', async ({ page }) => {
  let answer = () => {}
  const isAnswered = new Promise<void>((resolve) => {
    answer = resolve
  })
  await page.route(ADDRESS, async (route) => {
    const q = new URL(route.request().url()).searchParams.get('q') ?? ''
    if (q === 'ab') await isAnswered
    await route.fulfill(suggesting(q))
  })
  await open(page)
  await type(page, 'a')
  await page.keyboard.type('b')
  await page.keyboard.press('ArrowDown')
  await expect(options(page)).toHaveAttribute('aria-selected', 'true')
  answer()
  await expect(options(page)).toHaveText(['ab'])
  await expect(options(page)).toHaveAttribute('aria-selected', 'false')
  await expect(box(page)).not.toHaveAttribute('aria-activedescendant')
})

test('an empty field requests nothing, and without a response the field is a form', async ({ page }) => {
  const requests: string[] = []
  await page.route(ADDRESS, (route) => {
    requests.push(route.request().url())
    return route.abort()
  })
  await open(page)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.type(' ')
  expect(requests).toEqual([])
  await page.keyboard.type('queue')
  await expect.poll(() => requests.length).toBe(5)
  await expect(list(page)).toBeHidden()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/search\?q=\+queue$/)
})

test('keys of an input method do not control the list', async ({ page }) => {
  await page.route(ADDRESS, (route) => route.fulfill(suggesting('x')))
  await open(page)
  await page.keyboard.type('x')
  await expect(list(page)).toBeVisible()
  for (const key of ['ArrowDown', 'Escape', 'Enter'])
    await box(page).dispatchEvent('keydown', { key, isComposing: true, bubbles: true })
  await expect(list(page)).toBeVisible()
  await expect(box(page)).not.toHaveAttribute('aria-activedescendant')
})

test('on a phone, / opens the search page', { tag: '@a11y' }, async ({ page, request }) => {
  const name = await popularArtist(request)
  await page.setViewportSize({ width: 360, height: 800 })
  await page.goto('/albums')
  await hydrated(page)
  await page.keyboard.press('/')
  await expect(page).toHaveURL(/\/search$/)
  await box(page).fill(name)
  await expect(options(page).first()).toContainText(name)
  const { width = 0, x = 0 } = (await list(page).boundingBox()) ?? {}
  expect(x).toBeGreaterThanOrEqual(0)
  expect(x + width).toBeLessThanOrEqual(360)
  expect(await accessibilityFaults(page)).toEqual([])
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the field is a form', async ({ page, request }) => {
    const name = await popularArtist(request)
    await page.goto('/albums')
    await box(page).fill(name)
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.pathname === '/search' && url.searchParams.get('q') === name)
    await expect(page.locator('main li a').filter({ hasText: name }).first()).toBeVisible()
  })
})

// Uses up the limit of an address, so it must not run against another site.
test('an address that sends too many requests is refused, others are not', { tag: '@writes' }, async () => {
  const suggest = (address: string) =>
    fetch(`${process.env.SYRO_URL}/search/suggestions?q=a`, { headers: { 'x-forwarded-for': address } })
  let refused: Response | undefined
  while (!refused) {
    const answers = await Promise.all(Array.from({ length: 25 }, () => suggest('203.0.113.2')))
    refused = answers.find(({ status }) => status === 429)
  }
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  expect((await refused.json()).type).toContain('too-many-requests')
  const other = await suggest('203.0.113.3')
  expect(other.status).toBe(200)
  expect(other.headers.get('cache-control')).toContain('private')
  expect(other.headers.get('cache-status')).toContain('bypass')
})
