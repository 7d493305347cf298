import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'
import { findChromium } from '@/e2e/chromium'
import { freePort } from '@/lib/db/embedded/server'
import { AppError } from '@/lib/errors'
import { Lifetime } from '@/lib/lifetime'
import { consoleSteps } from '@/lib/observability/steps'
import { makeDataDir, removeDataDir, root, Site } from '@/lib/server/testing'

/**
 * `npm run test:e2e`: the browser tests, in a real Chromium. With SYRO_URL they run against the site at that address, write
 * nothing to it and leave an HTML report (docs/qa.md). Without, they run against a site of their own with the demo catalogue,
 * started as `npm start` starts it. Further arguments go to Playwright.
 */
const INTERRUPTED = 130
/** A site that does not answer within this time is down, in ms. */
const TIMEOUT_MS = 15_000

const lifetime = new Lifetime(INTERRUPTED)
lifetime.endOnSignals()

async function runPlaywright(environment: Record<string, string>): Promise<number> {
  const cli = createRequire(import.meta.url).resolve('@playwright/test/cli')
  const args = [cli, 'test', '-c', 'e2e/playwright.config.ts', ...process.argv.slice(2)]
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } })
  const ended = new Promise<number>((resolve, reject) =>
    child.once('error', reject).once('close', (code) => resolve(code ?? 1)),
  )
  lifetime.onEnd(async () => {
    child.kill('SIGTERM')
    await ended
  })
  return ended
}

/** Tests the site at an address, read-only. */
async function testRunningSite(address: string, chromium: string): Promise<number> {
  const { origin } = new URL(address)
  const response = await fetch(origin, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((error: unknown) => {
    throw new AppError('unavailable', `No site answers at ${origin}, which SYRO_URL names.`, { cause: error })
  })
  if (!response.ok) throw new AppError('unavailable', `The site at ${origin} answers with status ${response.status}.`)
  console.log(`Testing the site at ${origin}, read-only`)
  const code = await runPlaywright({ SYRO_URL: origin, CHROMIUM: chromium, E2E_READ_ONLY: '1' })
  console.log(`\nHTML report: ${path.join(root, 'playwright-report/index.html')}`)
  return code
}

/** Starts a site with the demo catalogue and tests it. */
async function testOwnSite(chromium: string): Promise<number> {
  const dataDir = await makeDataDir()
  lifetime.onEnd(() => removeDataDir(dataDir))
  const address = `http://localhost:${await freePort()}`
  const site = Site.start(dataDir, {
    HOST: 'localhost',
    PORT: new URL(address).port,
    SYRO_DEMO: '1',
    SYRO_URL: address,
    // All tests share one address.
    RATE_LIMIT_ANONYMOUS: '1000000',
    // Lets a test claim another address.
    TRUSTED_PROXIES: 'loopback',
  })
  lifetime.onEnd(async () => void (await site.stop()))
  await consoleSteps.step('Starting a site with the demo catalogue', () => site.address())
  const code = await runPlaywright({ SYRO_URL: address, CHROMIUM: chromium, SYRO_DATA_DIR: dataDir })
  if (code !== 0) console.error(`Output of the site:\n${site.output}`)
  return code
}

try {
  const chromium = await findChromium(consoleSteps.say)
  const { SYRO_URL } = process.env
  const code = await (SYRO_URL ? testRunningSite(SYRO_URL, chromium) : testOwnSite(chromium))
  await lifetime.end(code)
} catch (error) {
  if (!lifetime.isEnding) {
    console.error(error instanceof AppError ? error.message : error)
    await lifetime.end(1)
  }
}
