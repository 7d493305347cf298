import type { Locator, Page } from '@playwright/test'
import { accessibilityFaults, expect, takenOver, test } from '@/e2e/fixtures'

/** The box in the header, and what it suggests while somebody types. */

const box = (page: Page): Locator => page.getByRole('combobox')
const list = (page: Page): Locator => page.getByRole('listbox', { name: 'Suggestions' })
const options = (page: Page): Locator => list(page).getByRole('option')
const ADDRESS = '**/search/suggestions?q=*'

/** Opens a page and puts the cursor into the box, by key. */
async function open(page: Page, path = '/albums'): Promise<void> {
  await page.goto(path)
  await takenOver(page)
  await page.keyboard.press('/')
  await expect(box(page)).toBeFocused()
}

/** Types `text`, and waits until what is shown is suggested for the whole of it. */
async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text)
  await expect(list(page)).toHaveAttribute('aria-busy', 'false')
}

/** An answer that suggests one artist. */
const suggesting = (name: string) => ({
  json: { suggestions: [{ kind: 'artist', id: 1, name, about: '', marked: [], covers: [], path: '/artists/x-1' }] },
})

test('with keys alone: typed, chosen, opened', async ({ page }) => {
  await open(page)
  await type(page, 'crooked p')
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
  await expect(first).toContainText('The Crooked Planets')
  await expect(first.locator('mark').first()).toHaveText('Crooked')
  // In the text, as in any field: what is chosen is so no longer.
  await page.keyboard.press('Home')
  await expect(box(page)).not.toHaveAttribute('aria-activedescendant')
  await page.keyboard.press('ArrowDown')
  expect(await accessibilityFaults(page)).toEqual([])

  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The Crooked Planets')
  await expect(list(page)).toBeHidden()
  await expect(box(page)).toHaveValue('')
})

test('Escape closes, then clears; Enter searches; Tab leaves', async ({ page }) => {
  await open(page)
  await type(page, 'the')
  await expect(list(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(list(page)).toBeHidden()
  await expect(box(page)).toHaveValue('the')
  await page.keyboard.press('ArrowDown')
  await expect(options(page).first()).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(box(page)).toHaveValue('')
  await type(page, 'the')
  await expect(list(page)).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(list(page)).toBeHidden()
  await expect(box(page)).not.toBeFocused()
  await page.keyboard.press('/')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/search\?q=the$/)
  // There the page is the box.
  await expect(box(page)).toHaveValue('the')
})

test('a click opens what is under it', async ({ page }) => {
  await open(page, '/search')
  await type(page, 'crooked')
  await options(page).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The Crooked Planets')
})

test('the answer to an old letter never comes after that to a newer one', async ({ page }) => {
  const ended: string[] = []
  page.on('requestfailed', (request) => ended.push(new URL(request.url()).searchParams.get('q') ?? ''))
  let answerOld = () => {}
  const old = new Promise<void>((resolve) => {
    answerOld = resolve
  })
  await page.route(ADDRESS, async (route) => {
    const q = new URL(route.request().url()).searchParams.get('q') ?? ''
    if (q === 'a') await old
    // Nobody is there any more to take the old one.
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

test('what is chosen is of the list that is shown: another list, another choice', async ({ page }) => {
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

test('nothing is asked before something is typed, and without an answer the box is a form', async ({ page }) => {
  const asked: string[] = []
  await page.route(ADDRESS, (route) => {
    asked.push(route.request().url())
    return route.abort()
  })
  await open(page)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.type(' ')
  expect(asked).toEqual([])
  await page.keyboard.type('queue')
  await expect.poll(() => asked.length).toBe(5)
  await expect(list(page)).toBeHidden()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/search\?q=\+queue$/)
})

test('what is being composed has its keys to itself', async ({ page }) => {
  await page.route(ADDRESS, (route) => route.fulfill(suggesting('x')))
  await open(page)
  await page.keyboard.type('x')
  await expect(list(page)).toBeVisible()
  for (const key of ['ArrowDown', 'Escape', 'Enter'])
    await box(page).dispatchEvent('keydown', { key, isComposing: true, bubbles: true })
  await expect(list(page)).toBeVisible()
  await expect(box(page)).not.toHaveAttribute('aria-activedescendant')
})

test('where there is no room for a box, / leads to one', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 })
  await page.goto('/albums')
  await takenOver(page)
  await page.keyboard.press('/')
  await expect(page).toHaveURL(/\/search$/)
  await box(page).fill('crooked')
  await expect(options(page).first()).toContainText('The Crooked Planets')
  const { width = 0, x = 0 } = (await list(page).boundingBox()) ?? {}
  expect(x).toBeGreaterThanOrEqual(0)
  expect(x + width).toBeLessThanOrEqual(360)
  expect(await accessibilityFaults(page)).toEqual([])
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the box is a form', async ({ page }) => {
    await page.goto('/albums')
    await box(page).fill('crooked planets')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/search\?q=crooked\+planets$/)
    await expect(page.locator('main li a').filter({ hasText: 'The Crooked Planets' }).first()).toBeVisible()
  })
})

test('a script that hammers is stopped; others are not', async () => {
  const ask = (address: string) =>
    fetch(`${process.env.SYRO_URL}/search/suggestions?q=a`, { headers: { 'x-forwarded-for': address } })
  let refused: Response | undefined
  while (!refused) {
    const answers = await Promise.all(Array.from({ length: 25 }, () => ask('203.0.113.2')))
    refused = answers.find(({ status }) => status === 429)
  }
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  expect((await refused.json()).type).toContain('too-many-requests')
  const other = await ask('203.0.113.3')
  expect(other.status).toBe(200)
  expect(other.headers.get('cache-control')).toContain('private')
  expect(other.headers.get('cache-status')).toContain('bypass')
})
