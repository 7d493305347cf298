import type { APIRequestContext, Page } from '@playwright/test'
import { z } from 'zod'
import { expect, test } from '@/e2e/fixtures'

/**
 * The browser requests one address in several ways: as a page, as the router's data for it, or as a prefetch of a part.
 * Whatever the order, every response must have the requested form, and the content of its own page.
 */

/** Ends a test that hangs. A slow machine renders a page in much less, in ms. */
const TIMEOUT_MS = 30_000
/** Songs on a page. */
const ROWS = 50
/** Pages that these tests need. Each test has its own, so that it is the first to request them. */
const PAGES = 60
const address = (page: number) => (page === 1 ? '/songs?sort=title' : `/songs?sort=title&page=${page}`)

const SongPage = z.object({ total: z.number(), items: z.array(z.object({ url: z.url() })) })

async function readSongs(request: APIRequestContext, page: number): Promise<z.infer<typeof SongPage>> {
  const response = await request.get(`/api/v1/songs?sort=title&limit=${ROWS}&page=${page}`)
  const songs = SongPage.parse(await response.json())
  test.skip(songs.items.length === 0, `The catalogue has fewer than ${PAGES} pages of songs`)
  return songs
}

/** The song paths of a page according to the API, which has only one representation. */
const expectedRows = async (request: APIRequestContext, page: number): Promise<string[]> =>
  (await readSongs(request, page)).items.map(({ url }) => new URL(url).pathname)

/** The song paths in the browser. */
const rowsOf = async (page: Page): Promise<string[]> => [
  ...new Set(
    await page
      .locator('main tbody a[href^="/songs/"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? '')),
  ),
]

/** Expects page `number` of the list: its current number, address and rows. */
async function expectPage(page: Page, number: number, rows: string[]): Promise<void> {
  await expect(page.getByRole('navigation', { name: 'Pages' }).locator('[aria-current="page"]')).toHaveText(
    new RegExp(`\\b${number.toLocaleString('en')}$`),
    { timeout: TIMEOUT_MS },
  )
  expect(new URL(page.url()).searchParams.get('page') ?? '1').toBe(String(number))
  expect(await rowsOf(page)).toEqual(rows)
}

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    for (const start of ['first', 'second', 'next to last'] as const)
      test(`hover, next, back, forward and reload show the right page, from the ${start}`, async ({
        page,
        request,
      }) => {
        const from =
          start === 'first' ? 1 : start === 'second' ? 2 : Math.ceil((await readSongs(request, PAGES)).total / ROWS) - 1
        const documents: string[] = []
        page.on('response', (response) => {
          if (response.request().isNavigationRequest()) documents.push(response.headers()['content-type'] ?? '')
        })
        const [here, next] = [await expectedRows(request, from), await expectedRows(request, from + 1)]
        const nextLink = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Next' })

        await page.goto(address(from))
        await expectPage(page, from, here)
        await nextLink.hover()
        await nextLink.click()
        await expectPage(page, from + 1, next)
        await page.reload()
        await expectPage(page, from + 1, next)
        await page.goBack()
        await expectPage(page, from, here)
        await page.reload()
        await expectPage(page, from, here)
        await page.goForward()
        await expectPage(page, from + 1, next)
        // To a song of the list and back.
        await page.locator('main tbody a[href^="/songs/"]').first().click()
        await page.waitForURL(new RegExp(`${next[0]}$`))
        await page.goBack()
        await expectPage(page, from + 1, next)

        expect(documents.length).toBeGreaterThan(0)
        for (const type of documents) expect(type).toBe('text/html; charset=utf-8')
      })
  })

/** The ways to request an address, and the type of the response. */
const representations: { name: string; headers: Record<string, string>; type: string }[] = [
  { name: 'the page', headers: {}, type: 'text/html' },
  { name: 'its data', headers: { rsc: '1' }, type: 'text/x-component' },
  { name: 'its prefetched data', headers: { rsc: '1', 'next-router-prefetch': '1' }, type: 'text/x-component' },
  {
    name: 'the tree of its segments',
    headers: { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
    type: 'text/x-component',
  },
]

for (const [first, { name }] of representations.entries())
  test(`a first request for ${name} does not change later responses`, async ({ request }) => {
    const number = 10 + first
    const [rows, others] = [await expectedRows(request, number), await expectedRows(request, 20 + first)]
    const inTurn = [...representations.slice(first), ...representations.slice(0, first)]
    for (const { name, headers, type } of [...inTurn, ...inTurn]) {
      const response = await request.get(address(number), { headers })
      const text = await response.text()
      expect(response.headers()['content-type'], name).toContain(type)
      expect(text.startsWith('<!DOCTYPE html>'), name).toBe(type === 'text/html')
      if (name.startsWith('the tree')) continue
      if (!name.includes('prefetched')) expect(text, name).toContain(rows[0])
      expect(text, name).not.toContain(others[0])
    }
  })

test('concurrent requests for many pages, as page and as data, are not mixed up', async ({ request }) => {
  const numbers = Array.from({ length: 12 }, (_, index) => 48 + index)
  const responses = await Promise.all(
    numbers.flatMap((number) =>
      representations.slice(0, 2).map(async ({ headers }) => ({
        number,
        text: await (await request.get(address(number), { headers })).text(),
      })),
    ),
  )
  const rows = new Map<number, string[]>()
  for (const number of numbers) rows.set(number, await expectedRows(request, number))
  for (const { number, text } of responses)
    for (const [other, [row = '']] of rows)
      expect(text.includes(row), `${number}, row of ${other}`).toBe(number === other)
})

test.describe('an unknown parameter', () => {
  const SECRET = 'secret-of-another-visitor'

  for (const { name, headers } of representations)
    test(`of a request for ${name} is not in the responses to others`, async ({ request }) => {
      const number = 30 + representations.findIndex((each) => each.name === name)
      for (const path of [address(number), '/', '/genres'])
        for (const known of ['', 'page=1']) {
          const address = [path, known].filter(Boolean).join(path.includes('?') ? '&' : '?')
          const withSecret = `${address}${address.includes('?') ? '&' : '?'}ref=${SECRET}&_rsc=${SECRET}&${SECRET}=1`
          // The first request is the one whose address a cached page could contain.
          await request.get(withSecret, { headers })
          for (const other of representations)
            expect(await (await request.get(address, { headers: other.headers })).text(), address).not.toContain(SECRET)
        }
    })

  test('stays in the address of its visitor, back and forward', async ({ page, request }) => {
    const [here, next] = [await expectedRows(request, 40), await expectedRows(request, 41)]
    await page.goto(`${address(40)}&ref=${SECRET}`)
    await expectPage(page, 40, here)
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Next' }).click()
    await expectPage(page, 41, next)
    expect(page.url()).not.toContain(SECRET)
    await page.goBack()
    await expectPage(page, 40, here)
    expect(page.url()).toContain(SECRET)
  })
})
