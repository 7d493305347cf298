import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, readdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '@/lib/errors'
import nextConfig from '@/next.config.mjs'

/** The sources of a build, without generated files. */
const SOURCES = [
  'app',
  'components',
  'lib',
  'prisma/schema',
  'public',
  'instrumentation.ts',
  'middleware.ts',
  'next.config.mjs',
  'package-lock.json',
  'tsconfig.json',
]
const IRRELEVANT = /\.test\.tsx?$|^lib\/db\/generated\//

const require = createRequire(import.meta.url)
const nextPackage = require.resolve('next/package.json')

/** The folder of the build, and the file that records its fingerprint, which is written last. */
const places = (root: string) => {
  const dist = path.join(root, nextConfig.distDir ?? '.next')
  return { dist, stamp: path.join(dist, 'made-from') }
}

async function filesIn(root: string, source: string): Promise<string[]> {
  const entries = await readdir(path.join(root, source), { recursive: true, withFileTypes: true }).catch(
    () => undefined,
  )
  if (!entries) return (await exists(path.join(root, source))) ? [source] : []
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  )

/**
 * A hash of the sources and the version of Next.js. The build renders no pages, so the environment has no part in it.
 */
export async function fingerprint(root: string): Promise<string> {
  const files = (await Promise.all(SOURCES.map((source) => filesIn(root, source)))).flat().sort()
  const hash = createHash('sha256')
  hash.update(JSON.stringify([require(nextPackage).version]))
  for (const file of files.filter((name) => !IRRELEVANT.test(name)))
    hash.update(JSON.stringify([file])).update(await readFile(path.join(root, file)))
  return hash.digest('hex')
}

/** Whether the site in `root` has a complete build of its current sources. */
export async function isBuilt(root: string): Promise<boolean> {
  const { dist, stamp } = places(root)
  if (!(await exists(path.join(dist, 'BUILD_ID')))) return false
  const madeFrom = await readFile(stamp, 'utf8').catch(() => undefined)
  return madeFrom === (await fingerprint(root))
}

/** The message of `next build` when another process is building in the same folder. */
const ANOTHER_BUILD = 'process is already running'
/**
 * Pause between checks whether that build has finished, in ms, and the number of checks before the next attempt to
 * build.
 */
const CHECK_AGAIN_MS = 1_000
const CHECKS = 15

/** @returns whether another process has finished its build; false if it takes too long, or gives up. */
async function waitForOtherBuild(root: string, stop: AbortSignal): Promise<boolean> {
  for (let check = 0; check < CHECKS; check++) {
    await delay(CHECK_AGAIN_MS, undefined, { signal: stop })
    if (await isBuilt(root)) return true
  }
  return false
}

/** Runs `next build`, which locks its folder and removes the old build with its fingerprint. */
async function runNextBuild(root: string, stop: AbortSignal): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [path.join(path.dirname(nextPackage), 'dist/bin/next'), 'build'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: stop,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  return new Promise((resolve, reject) =>
    child.once('error', reject).once('close', (code) => resolve({ code, output })),
  )
}

/**
 * Builds the site in `root` for production, or waits for another process that is building it. An interrupted build does
 * not count as one.
 * @param stop ends the build.
 * @throws AppError with what the build wrote, when it fails.
 */
export async function build(root: string, stop: AbortSignal): Promise<void> {
  for (;;) {
    const madeFrom = await fingerprint(root)
    const { code, output } = await runNextBuild(root, stop)
    if (code === 0) return writeFile(places(root).stamp, madeFrom)
    if (!output.includes(ANOTHER_BUILD)) throw new AppError('unavailable', `The site could not be built.\n${output}`)
    if (await waitForOtherBuild(root, stop)) return
  }
}
