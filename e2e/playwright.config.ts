import { defineConfig } from '@playwright/test'

const { SYRO_URL, CHROMIUM } = process.env
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  timeout: 60_000,
  reporter: 'list',
  use: {
    baseURL: SYRO_URL,
    launchOptions: {
      executablePath: CHROMIUM,
      // It is to speak to the site alone, in a container too, and as any user.
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
    // One costs a sixth of the time; `npm run test:e2e -- --trace=retain-on-failure` keeps them.
    trace: 'off',
  },
})
