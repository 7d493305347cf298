import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@/e2e/fixtures'

/** The API documentation. Its layout and accessibility are tested in every-page.spec.ts. */

const run = promisify(execFile)

test('the page is small, cached, and the same for everybody', { tag: '@api' }, async ({ request }) => {
  const read = () => request.get('/api/docs?ref=secret-of-mine', { headers: { 'accept-encoding': 'br' } })
  await read()
  // A page that is requested again is compressed thoroughly.
  await expect.poll(async () => Number((await read()).headers()['content-length'])).toBeLessThan(60_000)
  const response = await read()
  const { 'content-length': bytes, 'content-encoding': coding, 'cache-status': status, ...headers } = response.headers()
  expect(coding).toBe('br')
  expect(Number(bytes)).toBeGreaterThan(0)
  expect(status).toContain('hit')
  expect(headers['content-security-policy']).toContain('sha256-')
  for (const name of ['x-request-id', 'ratelimit', 'set-cookie']) expect(headers).not.toHaveProperty(name)
  expect(await response.text()).not.toContain('secret-of-mine')
})

for (const address of ['/api', '/api/v1/docs'])
  test(`${address} redirects to the documentation`, { tag: '@api' }, async ({ page }) => {
    await page.goto(address)
    await expect(page).toHaveURL(/\/api\/docs$/)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('API')
  })

test('pages link to the documentation, and programs find the OpenAPI document', { tag: ['@api', '@smoke'] }, async ({
  page,
  request,
}) => {
  await page.goto('/')
  await expect(page.locator('link[rel="service-doc"]')).toHaveAttribute('href', '/api/docs')
  await page.getByRole('contentinfo').getByRole('link', { name: 'API' }).click()
  await page.waitForURL('**/api/docs')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('API')
  const description = await page.locator('link[rel="service-desc"]').getAttribute('href')
  const document = await (await request.get(description ?? '')).json()
  expect(document.openapi).toMatch(/^3\.1/)
  expect(new URL(document.externalDocs.url).pathname).toBe('/api/docs')
})

test('a link to a file is not prefetched, and opens', { tag: '@api' }, async ({ page }) => {
  await page.goto('/api/docs')
  const requestedPaths: string[] = []
  page.on('request', (request) => requestedPaths.push(new URL(request.url()).pathname))
  const link = page.getByRole('link', { name: 'OpenAPI 3.1' })
  await link.hover()
  await page.getByRole('link', { name: 'Albums', exact: true }).first().hover()
  await expect.poll(() => requestedPaths).toContain('/albums')
  expect(requestedPaths).not.toContain('/api/v1/openapi.json')
  await link.click()
  await expect(page).toHaveURL(/openapi\.json$/)
})

test.describe('without JavaScript, on a phone', () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 360, height: 780 } })

  test('the contents link to a section, its list to an operation, and that shows a response', { tag: '@api' }, async ({
    page,
  }) => {
    await page.goto('/api/docs')
    await page.getByRole('navigation', { name: 'Contents' }).getByRole('link', { name: 'Albums' }).click()
    await expect(page).toHaveURL(/#albums$/)
    const section = page.getByRole('region', { name: 'Albums', exact: true })
    await section.getByRole('list').first().getByRole('link', { name: 'Get an album' }).click()
    const operation = page.getByRole('region', { name: 'Get an album' })
    await expect(operation.getByRole('heading')).toBeInViewport()
    const response = operation.getByRole('figure', { name: 'example response' })
    await expect(response).toBeHidden()
    await operation.getByText('Example response').click()
    await expect(response).toContainText('"trackCount"')
  })
})

test('the type of a problem links to its explanation', { tag: '@api' }, async ({ page, request }) => {
  const answer = await request.get('/api/v1/albums?cursor=made-up')
  expect(answer.status()).toBe(400)
  const { type, title } = await answer.json()
  await page.goto(new URL(type, answer.url()).href)
  const explanation = page.locator(':target')
  await expect(explanation.getByRole('heading')).toHaveText(title)
  await expect(explanation.getByRole('heading')).toBeInViewport()
})

test('the keyboard follows the contents, scrolls code and opens responses', { tag: '@api' }, async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto('/api/docs')
  const contents = page.getByRole('navigation', { name: 'Contents' })
  await contents.getByRole('link', { name: 'List songs' }).focus()
  await page.keyboard.press('Enter')
  const operation = page.getByRole('region', { name: 'List songs' })
  await expect(operation.getByRole('heading')).toBeInViewport()
  // Tab continues at the target of the link.
  await page.keyboard.press('Tab')
  await expect(operation.getByRole('link').first()).toBeFocused()

  const summary = operation.getByText('Example response')
  await summary.focus()
  await page.keyboard.press('Enter')
  await expect(operation.getByRole('figure', { name: 'example response' })).toBeVisible()

  await page.setViewportSize({ width: 360, height: 780 })
  const code = operation.getByRole('figure', { name: 'example request' })
  await code.focus()
  await expect(code).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => code.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0)
})

test.describe('in a shell', () => {
  let directory: string
  test.beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'syromusic-shell-'))
  })
  test.afterEach(() => rm(directory, { recursive: true }))

  /** Runs a command of the guide. @returns its output. */
  const shell = async (command: string) => (await run('sh', ['-c', command], { cwd: directory })).stdout
  const linesOf = async (file: string) => (await readFile(path.join(directory, file), 'utf8')).trimEnd().split('\n')

  test('the commands of the guide work', { tag: '@api' }, async ({ page, request }) => {
    test.skip(!(await run('curl', ['--version']).catch(() => null)), 'curl is not installed')
    await page.goto('/api/docs')
    const command = async (name: string) => (await page.getByRole('figure', { name, exact: true }).textContent()) ?? ''

    expect(JSON.parse(await shell(await command('A first request')))).toHaveProperty('items')

    // A smaller limit, so that the genre has several pages.
    await shell((await command('All albums of a genre')).replace('limit=100', 'limit=7'))
    const pages = (await linesOf('albums.json')).map((line) => JSON.parse(line))
    expect(pages.length).toBeGreaterThan(1)
    const ids = pages.flatMap(({ items }) => items.map(({ id }: { id: number }) => id))
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBe(pages[0].total)

    const counted = await shell(await command('All songs as a stream'))
    const { songs } = await (await request.get('/api/v1/stats')).json()
    expect(counted.trim()).toBe(`${songs} songs.ndjson`)

    const again = await command('A conditional request')
    expect([await shell(again), await shell(again)]).toEqual(['200\n', '304\n'])

    const embedded = JSON.parse(await shell(await command('Albums with only their title, credits and tracks')))
    expect(Object.keys(embedded.items[0]).toSorted()).toEqual(['credits', 'href', 'id', 'title', 'tracks'])
  })
})
