import type { APIRequestContext, Page } from '@playwright/test'
import { z } from 'zod'
import { expect, test } from '@/e2e/fixtures'

/**
 * One address is asked for in several ways: by a browser for a page, by its router for the page's data, or for a part of
 * them ahead. Whoever asks, in whatever order, gets what they asked for, and nobody another's page.
 */

/** It ends what hangs; a page that is made anew on a slow machine must not come near. */
const PATIENCE_MS = 30_000
const LAST = 200
const address = (page: number) => (page === 1 ? '/songs?sort=title' : `/songs?sort=title&page=${page}`)

/** Songs of a page. */
const ROWS = 50
const Answer = z.object({ items: z.array(z.object({ url: z.url() })).nonempty() })

/** What a page has to show, as the API has it, which is asked in one way alone. */
async function truth(request: APIRequestContext, page: number): Promise<string[]> {
  const response = await request.get(`/api/v1/songs?sort=title&limit=${ROWS}&page=${page}`)
  return Answer.parse(await response.json()).items.map(({ url }) => new URL(url).pathname)
}

/** The rows that the browser shows. */
const shown = async (page: Page): Promise<string[]> => [
  ...new Set(
    await page
      .locator('main tbody a[href^="/songs/"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? '')),
  ),
]

/** That the browser shows page `number` of the list: a document, its number, and its rows. */
async function expectPage(page: Page, number: number, rows: string[]): Promise<void> {
  await expect(page.getByRole('navigation', { name: 'Pages' }).locator('[aria-current="page"]')).toHaveText(
    new RegExp(`\\b${number}$`),
    { timeout: PATIENCE_MS },
  )
  expect(new URL(page.url()).searchParams.get('page') ?? '1').toBe(String(number))
  expect(await shown(page)).toEqual(rows)
}

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    for (const from of [1, 2, LAST - 1])
      test(`pointing, onward, back, forward and reload from page ${from}`, async ({ page, request }) => {
        const documents: string[] = []
        page.on('response', (response) => {
          if (response.request().isNavigationRequest()) documents.push(response.headers()['content-type'] ?? '')
        })
        const [here, next] = [await truth(request, from), await truth(request, from + 1)]
        const onward = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Next' })

        await page.goto(address(from))
        await expectPage(page, from, here)
        await onward.hover()
        await onward.click()
        await expectPage(page, from + 1, next)
        await page.reload()
        await expectPage(page, from + 1, next)
        await page.goBack()
        await expectPage(page, from, here)
        await page.reload()
        await expectPage(page, from, here)
        await page.goForward()
        await expectPage(page, from + 1, next)
        // From a thing of the list, back to the list as it was.
        await page.locator('main tbody a[href^="/songs/"]').first().click()
        await page.waitForURL(new RegExp(`${next[0]}$`))
        await page.goBack()
        await expectPage(page, from + 1, next)

        expect(documents.length).toBeGreaterThan(0)
        for (const type of documents) expect(type).toBe('text/html; charset=utf-8')
      })
  })

/** The ways in which an address is asked for, and of what type the answer is. */
const ways: { what: string; headers: Record<string, string>; type: string }[] = [
  { what: 'the page', headers: {}, type: 'text/html' },
  { what: 'its data', headers: { rsc: '1' }, type: 'text/x-component' },
  { what: 'its data ahead', headers: { rsc: '1', 'next-router-prefetch': '1' }, type: 'text/x-component' },
  {
    what: 'the tree of its parts',
    headers: { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
    type: 'text/x-component',
  },
]

for (const [first, { what }] of ways.entries())
  test(`an address that is asked first for ${what} answers everybody rightly after`, async ({ request }) => {
    // A page that no other test asks for, so that this one makes it.
    const number = 20 + first
    const [rows, others] = [await truth(request, number), await truth(request, number + 60)]
    const inTurn = [...ways.slice(first), ...ways.slice(0, first)]
    for (const { what, headers, type } of [...inTurn, ...inTurn]) {
      const response = await request.get(address(number), { headers })
      const text = await response.text()
      expect(response.headers()['content-type'], what).toContain(type)
      expect(text.startsWith('<!DOCTYPE html>'), what).toBe(type === 'text/html')
      if (what.startsWith('the tree')) continue
      if (!what.endsWith('ahead')) expect(text, what).toContain(rows[0])
      expect(text, what).not.toContain(others[0])
    }
  })

test('many pages asked for at once, each in every way, are not mixed up', async ({ request }) => {
  const numbers = Array.from({ length: 12 }, (_, index) => 120 + index)
  const answers = await Promise.all(
    numbers.flatMap((number) =>
      ways.slice(0, 2).map(async ({ headers }) => ({
        number,
        text: await (await request.get(address(number), { headers })).text(),
      })),
    ),
  )
  const rows = new Map<number, string[]>()
  for (const number of numbers) rows.set(number, await truth(request, number))
  for (const { number, text } of answers)
    for (const [other, [row = '']] of rows)
      expect(text.includes(row), `${number}, row of ${other}`).toBe(number === other)
})

test.describe('a parameter that no page knows', () => {
  const SECRET = 'secret-of-somebody-else'

  for (const { what, headers } of ways)
    test(`is not in what others get who ask for ${what}`, async ({ request }) => {
      const number = 40 + ways.findIndex((way) => way.what === what)
      for (const path of [address(number), '/', '/genres'])
        for (const known of ['', 'page=1']) {
          const asked = [path, known].filter(Boolean).join(path.includes('?') ? '&' : '?')
          const strange = `${asked}${asked.includes('?') ? '&' : '?'}ref=${SECRET}&_rsc=${SECRET}&${SECRET}=1`
          // The first to ask is the one whose address the page could keep.
          await request.get(strange, { headers })
          for (const way of ways)
            expect(await (await request.get(asked, { headers: way.headers })).text(), asked).not.toContain(SECRET)
        }
    })

  test('stays in the address of whoever came with it, back and forward', async ({ page, request }) => {
    const [here, next] = [await truth(request, 50), await truth(request, 51)]
    await page.goto(`${address(50)}&ref=${SECRET}`)
    await expectPage(page, 50, here)
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Next' }).click()
    await expectPage(page, 51, next)
    expect(page.url()).not.toContain(SECRET)
    await page.goBack()
    await expectPage(page, 50, here)
    expect(page.url()).toContain(SECRET)
  })
})
