import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { findChromium } from '@/e2e/chromium'
import { freePort } from '@/lib/db/embedded/server'
import { AppError } from '@/lib/errors'
import { Lifetime } from '@/lib/lifetime'
import { consoleSteps } from '@/lib/observability/steps'
import { makeDataDir, removeDataDir, root, Site } from '@/lib/server/testing'

/**
 * `npm run test:e2e`: Playwright in a real Chromium, against the site as `npm start` starts it, with the demo catalogue
 * in a database of its own. What follows the command goes to Playwright.
 */
const INTERRUPTED = 130

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

async function main(): Promise<number> {
  const chromium = await findChromium(consoleSteps.say)
  const dataDir = await makeDataDir()
  lifetime.onEnd(() => removeDataDir(dataDir))
  const address = `http://localhost:${await freePort()}`
  const site = Site.start(dataDir, {
    HOST: 'localhost',
    PORT: new URL(address).port,
    SYRO_DEMO: '1',
    SYRO_URL: address,
    // All tests come from one address.
    RATE_LIMIT_ANONYMOUS: '1000000',
    // Where one is to come from another, it says so.
    TRUSTED_PROXIES: 'loopback',
  })
  lifetime.onEnd(async () => void (await site.stop()))
  await consoleSteps.step('Starting a site with the demo catalogue', () => site.address())
  const code = await runPlaywright({ SYRO_URL: address, CHROMIUM: chromium, SYRO_DATA_DIR: dataDir })
  if (code !== 0) console.error(`What the site said:\n${site.output}`)
  return code
}

try {
  const code = await main()
  await lifetime.end(code)
} catch (error) {
  if (!lifetime.isEnding) {
    console.error(error instanceof AppError ? error.message : error)
    await lifetime.end(1)
  }
}
