import { expect, hydrated, test } from '@/e2e/fixtures'

test.describe('with a keyboard', () => {
  test('/ searches, ? shows the shortcuts, Escape closes them', { tag: '@smoke' }, async ({ page }) => {
    await page.goto('/albums')
    await hydrated(page)
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
    await page.keyboard.press('/')
    await expect(page.getByRole('combobox')).toBeFocused()
  })

  test('single-key shortcuts can be turned off, and stay off after a reload', async ({ page }) => {
    await page.goto('/albums')
    await hydrated(page)
    const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    const open = page.getByRole('button', { name: 'Keyboard shortcuts' })
    await open.click()
    await dialog.getByRole('checkbox').uncheck()
    await dialog.getByRole('button', { name: 'Close' }).click()
    await page.reload()
    await hydrated(page)
    await page.keyboard.type('?/j')
    await expect(dialog).toBeHidden()
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('body')
    await open.focus()
    await page.keyboard.press('Enter')
    await dialog.getByRole('checkbox').check()
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await expect(dialog).toBeVisible()
  })

  test('arrow keys move through a grid, Enter opens', async ({ page }) => {
    await page.goto('/albums')
    await hydrated(page)
    await page.keyboard.press('j')
    await page.keyboard.press('ArrowRight')
    const href = await page.evaluate(() => document.activeElement?.getAttribute('href'))
    expect(href).toMatch(/^\/albums\//)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(new RegExp(`${href}$`))
  })

  test('the first Tab stop skips the header', async ({ page }) => {
    await page.goto('/albums')
    await page.keyboard.press('Tab')
    await expect(page.getByRole('link', { name: /skip/i })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('main')).toBeFocused()
  })
})

test('paging, back and forward show the right page', { tag: '@smoke' }, async ({ page }) => {
  await page.goto('/songs?sort=title')
  const first = () => page.locator('main tbody a').first().textContent()
  const pages = page.getByRole('navigation', { name: 'Pages' })
  const seen = [await first()]
  for (const at of [2, 3]) {
    await pages.getByRole('link', { name: 'Next' }).click()
    await expect(page).toHaveURL(new RegExp(`page=${at}$`))
    await expect(pages.locator('[aria-current="page"]')).toHaveText(new RegExp(`${at}$`))
    seen.push(await first())
  }
  expect(new Set(seen).size).toBe(3)
  await page.goBack()
  await expect(pages.locator('[aria-current="page"]')).toHaveText(/2$/)
  expect(await first()).toBe(seen[1])
  await page.goForward()
  await expect(pages.locator('[aria-current="page"]')).toHaveText(/3$/)
  expect(await first()).toBe(seen[2])
  await page.reload()
  expect(await first()).toBe(seen[2])
})

test('a list prefetches nothing until a link is hovered, and then once', async ({ page }) => {
  const ahead: string[] = []
  page.on('request', (request) => {
    if (request.headers()['next-router-prefetch']) ahead.push(request.url())
  })
  await page.goto('/songs')
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
  await page.waitForLoadState('networkidle')
  expect(ahead).toEqual([])
  await page.locator('main tbody a').first().hover()
  await expect.poll(() => ahead.length).toBeGreaterThan(0)
  expect(new Set(ahead.map((url) => new URL(url).pathname)).size).toBe(1)
})

test('a table row is copied as one line', async ({ page }) => {
  await page.goto('/playlists?sort=longest')
  await page.locator('main a[href^="/playlists/"]').first().click()
  await expect(page.getByRole('columnheader', { name: 'Length' })).toBeVisible()
  const [copied, rows] = await page.locator('main tbody').evaluate((body) => {
    getSelection()?.selectAllChildren(body)
    return [getSelection()?.toString().trim().split('\n'), body.children.length]
  })
  expect(copied?.length).toBe(rows)
  expect(copied?.[0]).toMatch(/^1\t\S.*\t[\d:–]/)
  // A length that is not known is a dash, without the words that are read aloud.
  const lengths = copied?.map((row) => row.split('\t').at(-1)) ?? []
  expect(lengths).toContain('–')
  expect(lengths.filter((length) => !/^(–|[\d:]+)$/.test(length ?? ''))).toEqual([])
})

test('the chosen theme stays', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('/')
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await paper()
  const change = page.getByRole('button', { name: /^Theme:/ })
  while (!(await change.getAttribute('aria-label'))?.startsWith('Theme: dark')) await change.click()
  const dark = await paper()
  expect(dark).not.toBe(light)
  await page.goto('/albums')
  expect(await paper()).toBe(dark)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('lists, page jumps, details and search work', { tag: '@smoke' }, async ({ page }) => {
    await page.goto('/')
    await page.getByRole('navigation', { name: 'Catalogue' }).getByRole('link', { name: 'Albums' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Albums')
    await page.getByRole('spinbutton', { name: /page/i }).fill('2')
    await page.getByRole('button', { name: 'Go' }).click()
    await expect(page).toHaveURL(/page=2/)
    await page.locator('main a[href^="/albums/"]').first().click()
    await expect(page.locator('main table a[href^="/songs/"]').first()).toBeVisible()
    await page.goto('/search')
    await page.getByRole('combobox').fill('winter')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/q=winter/)
  })
})
