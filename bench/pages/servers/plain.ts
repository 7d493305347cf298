import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, cp, mkdir, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { freePort } from '@/lib/db/embedded/server'
import type { Lifetime } from '@/lib/lifetime'
import { root } from '@/lib/server/testing'

/** What a build has beside what is served. */
const NOT_SERVED = new Set(['cache', 'diagnostics', 'trace', 'trace-build', 'turbopack', 'types'])

/**
 * Next.js with its own page cache. Our configuration turns that off, for pages are kept in front; without it, plain
 * `next start` would make every page anew, and be no opponent.
 */
const CONFIGURATION = `import configuration from ${JSON.stringify(pathToFileURL(path.join(root, 'next.config.mjs')))}
const { cacheHandler, cacheMaxMemorySize, ...rest } = configuration
export default rest
`

/**
 * Starts `next start` on a copy of the same build, without anything of ours in front.
 * @param directory where the copy goes, for Next.js writes the pages that it keeps into it.
 * @returns its origin.
 */
export async function startPlain(directory: string, databaseUrl: string, lifetime: Lifetime): Promise<string> {
  const copy = path.join(directory, 'plain')
  const build = path.join(root, '.next')
  await mkdir(copy)
  await cp(build, path.join(copy, '.next'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !NOT_SERVED.has(path.relative(build, source)),
  })
  await symlink(path.join(root, 'node_modules'), path.join(copy, 'node_modules'))
  await copyFile(path.join(root, 'package.json'), path.join(copy, 'package.json'))
  await writeFile(path.join(copy, 'next.config.mjs'), CONFIGURATION)

  const port = await freePort()
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next')
  const child = spawn(process.execPath, [next, 'start', copy, '--port', String(port), '--hostname', '127.0.0.1'], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', DATABASE_URL: databaseUrl, NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = once(child, 'close')
  lifetime.onEnd(async () => {
    child.kill()
    await closed
  })
  await new Promise<void>((resolve, reject) => {
    let output = ''
    const hear = (text: string) => {
      output += text
      if (/Ready in/.test(output)) resolve()
    }
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', hear)
    child.once('error', reject).once('close', () => reject(new Error(`next start ended:\n${output}`)))
  })
  return `http://127.0.0.1:${port}`
}
