import { execFile, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { chromium } from '@playwright/test'
import { AppError } from '@/lib/errors'

/** Where systems keep a Chromium, or a browser made from one. */
const INSTALLED = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]
/** Playwright asks its host again and again; behind a firewall nobody ever answers. */
const DOWNLOAD_CONNECTION_TIMEOUT_MS = '15000'

const require = createRequire(import.meta.url)
const run = promisify(execFile)

/** Whether the program is there and has all the libraries it needs. Some systems have a script that only names a shop. */
const works = (program: string) =>
  run(program, ['--version']).then(
    () => true,
    () => false,
  )

/** Runs a program in view of whoever waits for it. @returns whether it ended well. */
const show = (program: string, args: string[], environment = {}) =>
  new Promise<boolean>((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...environment } })
    child.once('error', () => resolve(false)).once('close', (code) => resolve(code === 0))
  })

const installs: { what: string; possible: () => Promise<boolean>; install: () => Promise<boolean> }[] = [
  {
    what: 'Asking Playwright for a Chromium',
    possible: async () => true,
    install: () =>
      show(process.execPath, [require.resolve('@playwright/test/cli'), 'install', 'chromium'], {
        PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: DOWNLOAD_CONNECTION_TIMEOUT_MS,
      }),
  },
  {
    what: 'Installing the package chromium',
    possible: async () => process.getuid?.() === 0 && (await works('apt-get')),
    install: async () =>
      (await show('apt-get', ['update', '-q'])) &&
      (await show('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'chromium'], {
        DEBIAN_FRONTEND: 'noninteractive',
      })),
  },
]

/** Where the shell finds the program; Playwright wants its whole path. */
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
 * The program of a Chromium that runs here: the system's, or else one that is installed now.
 * @throws AppError when there is none and none can be had. No test is left out for want of a browser.
 */
export async function findChromium(say: (text: string) => void): Promise<string> {
  const found = await find()
  if (found) return found
  for (const { what, possible, install } of installs) {
    if (!(await possible())) continue
    say(what)
    await install()
    const installed = await find()
    if (installed) return installed
  }
  throw new AppError(
    'unavailable',
    'The tests need a Chromium, and none could be found or installed. Install one (on Debian: apt-get install chromium) and run them again.',
  )
}
