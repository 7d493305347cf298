import { defineConfig } from '@playwright/test'

const { SYRO_URL, CHROMIUM, E2E_READ_ONLY } = process.env
const isReadOnly = E2E_READ_ONLY === '1'

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  timeout: 60_000,
  // Against a site that already runs: nothing that writes to it, or that only the demo catalogue has.
  ...(isReadOnly && { grepInvert: /@writes|@demo/ }),
  reporter: isReadOnly ? [['list'], ['html', { open: 'never', outputFolder: '../playwright-report' }]] : 'list',
  use: {
    baseURL: SYRO_URL,
    launchOptions: {
      executablePath: CHROMIUM,
      // Works in a container, as any user, and calls no host but the site.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
    // Traces take a sixth of the time; `npm run test:e2e -- --trace=retain-on-failure` keeps them.
    trace: 'off',
  },
})
