import { execFile, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { chromium } from '@playwright/test'
import { AppError } from '@/lib/errors'

/** Paths of Chromium, or a browser based on it, by system. */
const INSTALLED = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]
/** Playwright retries its download host. Behind a firewall, no attempt ever gets an answer. In ms. */
const DOWNLOAD_CONNECTION_TIMEOUT_MS = '15000'

const require = createRequire(import.meta.url)
const run = promisify(execFile)

/** Whether the program starts: libraries may be missing, and some systems install a script that only names an app store. */
const works = (program: string) =>
  run(program, ['--version']).then(
    () => true,
    () => false,
  )

/** Runs a program and shows its output. @returns whether it succeeded. */
const show = (program: string, args: string[], environment = {}) =>
  new Promise<boolean>((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...environment } })
    child.once('error', () => resolve(false)).once('close', (code) => resolve(code === 0))
  })

const installs: { step: string; possible: () => Promise<boolean>; install: () => Promise<boolean> }[] = [
  {
    step: 'Installing the Chromium of Playwright',
    possible: async () => true,
    install: () =>
      show(process.execPath, [require.resolve('@playwright/test/cli'), 'install', 'chromium'], {
        PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: DOWNLOAD_CONNECTION_TIMEOUT_MS,
      }),
  },
  {
    step: 'Installing the package chromium',
    possible: async () => process.getuid?.() === 0 && (await works('apt-get')),
    install: async () =>
      (await show('apt-get', ['update', '-q'])) &&
      (await show('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'chromium'], {
        DEBIAN_FRONTEND: 'noninteractive',
      })),
  },
]

/** The absolute path of a program, which Playwright needs. */
const locate = (program: string) =>
  run('/bin/sh', ['-c', 'command -v "$0"', program]).then(
    ({ stdout }) => stdout.trim(),
    () => program,
  )

async function find(): Promise<string | undefined> {
  for (const program of [...INSTALLED, chromium.executablePath()]) if (await works(program)) return locate(program)
  return undefined
}

/**
 * Finds a Chromium on this system, or else installs one.
 * @returns the path of its program.
 * @throws AppError if no browser is found or can be installed: tests are never skipped for lack of one.
 */
export async function findChromium(say: (text: string) => void): Promise<string> {
  const found = await find()
  if (found) return found
  for (const { step, possible, install } of installs) {
    if (!(await possible())) continue
    say(step)
    await install()
    const installed = await find()
    if (installed) return installed
  }
  throw new AppError(
    'unavailable',
    'The tests need a Chromium, and none could be found or installed. Install one (on Debian: apt-get install chromium) and run them again.',
  )
}
