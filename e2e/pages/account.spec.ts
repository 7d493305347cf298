import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test'
import { accessibilityFaults, test as base, expect as expectSoon, hydrated, watchShifts } from '@/e2e/fixtures'

/** Accounts, from sign-up to deletion. */

/** Password hashing is slow by design, and slower on a busy machine. The timeout ends a test that hangs. */
const expect = expectSoon.configure({ timeout: 30_000 })

const PASSWORD = 'correct horse battery'
const OTHER_PASSWORD = 'another long password'

let accounts = 0
/** A new address in every process and every run. */
const newEmail = (): string => {
  accounts += 1
  return `ada.${process.pid}.${Date.now()}.${accounts}@example.com`
}

const button = (page: Page, name: string) => page.getByRole('main').getByRole('button', { name, exact: true })

async function signUp(page: Page, email: string, name = 'Ada Lovelace'): Promise<void> {
  await page.goto('/sign-up')
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in')
}

async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.keyboard.press('Enter')
}

type Session = Awaited<ReturnType<BrowserContext['storageState']>>

const test = base.extend<object, { session: Session }>({
  session: [
    async ({ browser }, use) => {
      const page = await otherBrowser(browser, { baseURL: process.env.SYRO_URL })
      const email = newEmail()
      await signUp(page, email)
      await signIn(page, email)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ada Lovelace')
      await use(await page.context().storageState())
      await page.context().close()
    },
    { scope: 'worker' },
  ],
})

/** A test with a signed-in user. All tests of a worker share the user, because signing up takes seconds. */
const signedInTest = test.extend({ storageState: ({ session }, use) => use(session) })

/** A browser with its own cookies. */
async function otherBrowser(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options)
  return context.newPage()
}

for (const { javaScriptEnabled, width } of [
  { javaScriptEnabled: true, width: 1280 },
  { javaScriptEnabled: false, width: 360 },
])
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript, ${width} px wide`, () => {
    test.use({ javaScriptEnabled, viewport: { width, height: 800 } })

    test('an account works from sign-up to deletion', { tag: '@writes' }, async ({
      page,
      browser,
      baseURL,
      request,
    }) => {
      test.slow()
      const email = newEmail()
      const open = (path: string) => page.goto(path)
      const title = page.getByRole('heading', { level: 1 })

      await signUp(page, email)
      await expect(page.getByText('Now sign in with your e-mail address')).toBeVisible()
      await signIn(page, email)
      await expect(title).toHaveText('Ada Lovelace')

      // The key is shown once.
      await page.getByLabel('Key name').fill('Kitchen radio')
      await button(page, 'Create key').click()
      const key = (await page.getByRole('status').filter({ hasText: 'syro_' }).textContent()) ?? ''
      expect(key).toMatch(/^syro_[0-9A-Za-z]{49}$/)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      const headers = { authorization: `Bearer ${key}` }
      expect((await request.get('/api/v1/genres', { headers })).status()).toBe(200)
      const standing = await (await request.get('/api/v1/rate-limit', { headers })).json()
      expect(standing).toMatchObject({ policy: 'keyed' })
      await open('/account')
      await expect(page.getByText(`${key.slice(0, 12)}…`)).toBeVisible()
      await expect(page.getByText('1 request this hour')).toBeVisible()
      expect(await page.content()).not.toContain(key)

      await page.locator('summary', { hasText: 'Revoke' }).click()
      await button(page, 'Revoke key: Kitchen radio').click()
      await expect(page.getByText('Kitchen radio', { exact: true })).toBeHidden()
      const refused = await request.get('/api/v1/genres', { headers })
      expect(refused.status()).toBe(401)
      expect(refused.headers()['content-type']).toContain('application/problem+json')

      // A changed password ends the sessions of other browsers, and not this one.
      const other = await otherBrowser(browser, { baseURL, javaScriptEnabled })
      await signIn(other, email)
      await expect(other.getByRole('heading', { level: 1 })).toHaveText('Ada Lovelace')
      await page.getByLabel('Current password').fill(PASSWORD)
      await page.getByLabel('New password').fill(OTHER_PASSWORD)
      await button(page, 'Change password').click()
      await expect(page.getByText('Your password has been changed')).toBeVisible()
      await open('/account')
      await expect(title).toHaveText('Ada Lovelace')
      await other.goto('/account')
      await expect(other).toHaveURL(/\/sign-in$/)
      await signIn(other, email)
      await expect(other.getByText('The e-mail address or the password is wrong.')).toBeVisible()
      await other.context().close()

      await page.getByLabel('Name', { exact: true }).fill('Countess')
      await button(page, 'Change name').click()
      await expect(title).toHaveText('Countess')

      await button(page, 'Sign out').click()
      await expect(page).toHaveURL(/\/$/)
      await open('/account')
      await expect(page).toHaveURL(/\/sign-in$/)
      await signIn(page, email, OTHER_PASSWORD)
      await expect(title).toHaveText('Countess')

      await page.getByRole('main').getByLabel('Password', { exact: true }).fill(PASSWORD)
      await button(page, 'Delete account permanently').click()
      await expect(page.getByText('This is not your current password.')).toBeVisible()
      await page.getByRole('main').getByLabel('Password', { exact: true }).fill(OTHER_PASSWORD)
      await button(page, 'Delete account permanently').click()
      await expect(page.getByText('Your account has been deleted.')).toBeVisible()
      expect((await page.context().cookies()).map(({ name }) => name)).toEqual([])
      await signIn(page, email, OTHER_PASSWORD)
      await expect(page.getByText('The e-mail address or the password is wrong.')).toBeVisible()
    })

    test('errors are shown at their fields, and the first invalid field has the focus', { tag: '@writes' }, async ({
      page,
    }) => {
      await page.goto('/sign-up')
      await page.getByLabel('Name').fill('Ada')
      await page.getByLabel('E-mail address').fill('ada at example')
      await page.getByLabel('Password').fill('password123')
      await button(page, 'Create an account').click()
      const address = page.getByLabel('E-mail address')
      await expect(address).toBeFocused()
      await expect(address).toHaveValue('ada at example')
      await expect(address).toHaveAccessibleDescription('Enter an e-mail address, such as ada@example.com.')
      await expect(page.getByLabel('Name')).toHaveValue('Ada')
      await expect(page.getByLabel('Name')).not.toHaveAttribute('aria-invalid')
      const password = page.getByLabel('Password')
      await expect(password).toHaveValue('')
      await expect(password).toHaveAccessibleDescription(/too common/)
    })
  })

test('a sign-up with a taken address looks the same and changes nothing', { tag: '@writes' }, async ({
  page,
  browser,
  baseURL,
}) => {
  const email = newEmail()
  await signUp(page, email)
  const seen = await page.getByRole('main').textContent()
  const other = await otherBrowser(browser, { baseURL })
  await signUp(other, email, 'Eve')
  expect(await other.getByRole('main').textContent()).toBe(seen)
  await other.context().close()
  await signIn(page, email)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ada Lovelace')
})

test('the header shows the name of the user, and cached pages do not contain it', { tag: '@writes' }, async ({
  page,
}) => {
  const requestedPaths: string[] = []
  page.on('request', (request) => requestedPaths.push(new URL(request.url()).pathname))
  const signInLink = page.getByRole('banner').getByRole('link', { name: 'Sign in' })
  await page.goto('/albums')
  await hydrated(page)
  await expect(signInLink).toHaveAttribute('href', '/sign-in')
  expect(requestedPaths).not.toContain('/account/me')

  const email = newEmail()
  await signUp(page, email)
  await signIn(page, email)
  const name = page.getByRole('banner').getByRole('link', { name: 'Ada Lovelace' })
  await expect(name).toHaveAttribute('href', '/account')

  const shifts = await watchShifts(page)
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    await page.goto('/albums')
    await expect(name).toHaveAttribute('href', '/account')
    expect(await shifts()).toEqual([])
  }
  const response = await page.request.get('/albums')
  expect(response.headers()['cache-status']).toContain('hit')
  expect(await response.text()).not.toContain('Lovelace')

  await page.goto('/account')
  await page.getByLabel('Name', { exact: true }).fill('Countess')
  await button(page, 'Change name').click()
  await expect(page.getByRole('banner').getByRole('link', { name: 'Countess' })).toBeVisible()
  await button(page, 'Sign out').click()
  await expect(signInLink).toHaveAttribute('href', '/sign-in')
  // Going back does not show the account.
  await page.goBack()
  await expect(page).toHaveURL(/\/sign-in$/)
  await expect(page.getByText('Countess')).toBeHidden()
})

test('a session that ended elsewhere shows no name', { tag: '@writes' }, async ({ page }) => {
  const email = newEmail()
  await signUp(page, email)
  await signIn(page, email)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ada Lovelace')
  const cookies = await page.context().cookies()
  await button(page, 'Sign out').click()
  await expect(page).toHaveURL(/\/$/)
  await page.context().addCookies(cookies)
  await page.goto('/albums')
  await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible()
  // The device cookie stays, for the limits of wrong passwords.
  expect((await page.context().cookies()).map(({ name }) => name)).toEqual(['syro_device'])
})

signedInTest(
  'the session cookie is hidden from scripts and not sent with forms of other sites',
  { tag: '@writes' },
  async ({ page }) => {
    await page.goto('/account')
    const session = (await page.context().cookies()).find(({ name }) => name === 'syro.session_token')
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
    expect(await page.evaluate(() => document.cookie)).not.toContain('session')
    const forged = await page.request.post('/account', {
      headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      form: {},
    })
    expect(forged.status()).toBe(403)
  },
)

const states: Record<string, (page: Page) => Promise<unknown>> = {
  'a form with errors': async (page) => {
    await page.goto('/sign-up')
    await button(page, 'Create an account').click()
    await expect(page.getByText('Enter your name')).toBeVisible()
  },
  'a failed sign-in': async (page) => {
    await signIn(page, newEmail())
    await expect(page.getByRole('alert').filter({ hasText: 'is wrong' })).toBeFocused()
  },
  'resetting a password': (page) => page.goto('/reset-password'),
  'choosing a new password': (page) => page.goto('/reset-password?token=x'),
  'confirming an address': (page) => page.goto('/verify?token=x'),
  'confirming an address, without a link': (page) => page.goto('/verify'),
}

for (const [state, open] of Object.entries(states))
  test(`${state}: is accessible in light and dark, and fits 360 px`, { tag: ['@a11y', '@writes'] }, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 360, height: 780 })
    await open(page)
    await expectAccessible(page)
  })

signedInTest(
  'the account page is accessible in light and dark, and fits 360 px',
  { tag: ['@a11y', '@writes'] },
  async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 780 })
    await page.goto('/account')
    await page.getByLabel('Key name').fill('K'.repeat(80))
    await button(page, 'Create key').click()
    await expect(page.getByText('It is shown only once')).toBeVisible()
    for (const summary of await page.locator('summary').all()) await summary.click()
    await expectAccessible(page)
  },
)

async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect(await accessibilityFaults(page), colorScheme).toEqual([])
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await expect(page.locator('meta[name="robots"]')).toHaveAttribute('content', /noindex/)
}

test('an invalid link sets no password and confirms nothing', { tag: '@writes' }, async ({ page }) => {
  for (const [path, submit, sentence] of [
    ['/reset-password?token=x', 'Set new password', 'This link has been used'],
    ['/verify?token=x', 'Confirm and sign in', 'This link has expired'],
  ] as const) {
    await page.goto(path)
    await page.getByRole('textbox').fill(PASSWORD)
    await button(page, submit).click()
    await expect(page.getByText(sentence)).toBeVisible()
  }
})

signedInTest('sign-in and sign-up redirect a signed-in user to the account', { tag: '@writes' }, async ({ page }) => {
  for (const path of ['/sign-in', '/sign-up']) {
    await page.goto(path)
    await expect(page).toHaveURL(/\/account$/)
  }
})

signedInTest('the scripts of a page weigh less than 140 kB', { tag: '@writes' }, async ({ page }) => {
  for (const path of ['/account', '/albums']) {
    await page.goto(path)
    await hydrated(page)
    const bytes = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
        .reduce((sum, entry) => sum + Number(Reflect.get(entry, 'encodedBodySize')), 0),
    )
    expect(bytes, path).toBeGreaterThan(50_000)
    expect(bytes, path).toBeLessThan(140_000)
  }
})
