import { accessibilityFaults, expect, popularArtist, test } from '@/e2e/fixtures'

/** The search page. Its layout and accessibility are tested in every-page.spec.ts. */

test('search finds an artist by name', { tag: '@smoke' }, async ({ page, request }) => {
  const name = await popularArtist(request)
  await page.goto('/search')
  await page.getByRole('combobox').fill(name)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status')).toContainText(/\d results?\./)
  await expect(page.locator('main li a[href^="/artists/"]').filter({ hasText: name }).first()).toBeVisible()
})

test('search finds a name, and corrects a typing error', { tag: '@demo' }, async ({ page }) => {
  await page.goto('/search')
  await page.getByRole('combobox').fill('crooked planets')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status')).toContainText(/\d results?\./)
  await expect(page.locator('main li a').filter({ hasText: 'The Crooked Planets' }).first()).toBeVisible()
  const found = await page.locator('mark').allTextContents()
  expect(found.slice(0, 2)).toEqual(['Crooked', 'Planets'])

  await page.getByRole('combobox').fill('croked planes')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status')).toContainText('for crooked planets')
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('result types and filters narrow the results, and can be removed', { tag: '@demo' }, async ({ page }) => {
    await page.goto('/search?q=the')
    const total = await page.getByRole('status').textContent()
    const kinds = page.getByRole('navigation', { name: 'Result type' })
    await kinds.getByRole('link', { name: /^Albums/ }).click()
    await expect(page).toHaveURL(/q=the&kind=album$/)
    await expect(kinds.getByRole('link', { name: /^Albums/ })).toHaveAttribute('aria-current', 'true')
    const decade = page.getByRole('region', { name: 'Decade' }).getByRole('link').first()
    const hits = Number((await decade.locator('span').last().textContent())?.replaceAll(',', ''))
    await decade.click()
    await expect(page.getByRole('status')).toHaveText(`${hits.toLocaleString('en')} result${hits === 1 ? '' : 's'}.`)
    await page.getByRole('region', { name: 'Decade' }).locator('[aria-current]').click()
    await kinds.getByRole('link', { name: 'All', exact: true }).click()
    await expect(page.getByRole('status')).toHaveText(total ?? '')
  })

  test('the second page continues the first', { tag: '@demo' }, async ({ page }) => {
    await page.goto('/search?q=the&kind=song')
    const first = await page
      .locator('main li a[href^="/songs/"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')))
    await page.getByRole('link', { name: 'Next' }).click()
    await expect(page).toHaveURL(/page=2/)
    const second = await page
      .locator('main li a[href^="/songs/"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')))
    expect(new Set([...first, ...second]).size).toBe(first.length + second.length)
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } })

  test('a sheet filters the results, and Escape closes it', { tag: ['@a11y', '@demo'] }, async ({ page }) => {
    await page.goto('/search?q=the')
    const sheet = page.getByRole('complementary', { name: 'Filters' })
    await expect(sheet).toBeHidden()
    await page.getByRole('button', { name: 'Filters' }).click()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect(sheet).toBeHidden()
    await page.getByRole('button', { name: 'Filters' }).click()
    await sheet.getByRole('region', { name: 'Decade' }).getByRole('link').first().click()
    await expect(page).toHaveURL(/decade=\d{4}$/)
    // It stays open for more filters. Its button shows the number of results.
    await expect(page.getByRole('button', { name: 'Filters (1)' })).toBeAttached()
    const total = (
      (await page
        .getByRole('status')
        .filter({ hasText: /results?\./ })
        .textContent()) ?? ''
    ).replace(/ results?\./, '')
    await sheet.getByRole('button', { name: new RegExp(`^Show ${total} results?$`) }).click()
    await expect(sheet).toBeHidden()
    await expect(page.getByRole('button', { name: 'Filters (1)' })).toBeVisible()
  })

  test('going back or forward closes the sheet', { tag: '@demo' }, async ({ page }) => {
    await page.goto('/search?q=the')
    const sheet = page.getByRole('complementary', { name: 'Filters' })
    await page.getByRole('button', { name: 'Filters' }).click()
    await sheet.getByRole('region', { name: 'Decade' }).getByRole('link').first().click()
    await expect(page).toHaveURL(/decade=\d{4}$/)
    await expect(sheet).toBeVisible()
    await page.goBack()
    await expect(page).toHaveURL(/q=the$/)
    await expect(sheet).toBeHidden()
    await page.getByRole('button', { name: 'Filters' }).click()
    await page.goForward()
    await expect(page).toHaveURL(/decade=\d{4}$/)
    await expect(sheet).toBeHidden()
    // As if the browser restored the page from its back/forward cache.
    await page.getByRole('button', { name: 'Filters (1)' }).click()
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
    await expect(sheet).toBeHidden()
  })
})

test('results are sorted by the chosen order', { tag: '@demo' }, async ({ page }) => {
  await page.goto('/search?q=the&kind=song')
  await page.getByRole('navigation', { name: 'Sort by' }).getByRole('link', { name: 'Title' }).click()
  await expect(page).toHaveURL(/sort=title$/)
  const titles = await page.locator('main li > div > a[href^="/songs/"]').allTextContents()
  const letters = titles.map((title) =>
    title
      .replace(/^(the|an?) /i, '')
      .slice(0, 1)
      .toLowerCase(),
  )
  expect(letters.length).toBeGreaterThan(10)
  expect(letters).toEqual(letters.toSorted())
})

test('special characters are plain text', async ({ page }) => {
  for (const text of [
    '%',
    '"',
    "'",
    '\\',
    ':*',
    '& | !',
    '<script>',
    '()',
    'a'.repeat(1_000),
    '邓丽君'.repeat(100),
    '\u0301\u0301',
    'artist:',
    '-- ;',
  ]) {
    const response = await page.goto(`/search?q=${encodeURIComponent(text)}`)
    expect(response?.status(), text).toBe(200)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Search')
  }
})

test('browsers can add the site as a search engine', async ({ page, request }) => {
  await page.goto('/')
  const href = await page.locator('link[rel="search"]').getAttribute('href')
  const response = await request.get(href ?? '')
  expect(response.headers()['content-type']).toContain('opensearchdescription')
  const template = /template="([^"]+)"/.exec(await response.text())?.[1] ?? ''
  await page.goto(template.replace('{searchTerms}', encodeURIComponent('crooked planets')))
  await expect(page.getByRole('combobox')).toHaveValue('crooked planets')
})
