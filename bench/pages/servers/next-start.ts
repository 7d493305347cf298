import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { z } from 'zod'
import { freePort } from '@/lib/db/embedded/server'
import type { Lifetime } from '@/lib/lifetime'
import { root } from '@/lib/server/testing'

/** Parts of a build that are not served. */
const NOT_SERVED = new Set(['cache', 'diagnostics', 'trace', 'trace-build', 'turbopack', 'types'])

/** Next.js's route of the requested page, whose address is `/albums`. */
const PAGE = '/albums/list/[sort]/[page]'
const PAGE_PATTERN = '^/albums/list/([^/]+?)/([^/]+?)'

const Manifest = z.looseObject({ dynamicRoutes: z.record(z.string(), z.unknown()) })

/**
 * Makes Next.js cache the page, as pages with `generateStaticParams`. Ours have none because they are cached in front;
 * without this `next start` would render each request, and the comparison would be unfair.
 */
async function enablePageCache(dist: string): Promise<void> {
  const file = path.join(dist, 'prerender-manifest.json')
  const manifest = Manifest.parse(JSON.parse(await readFile(file, 'utf8')))
  manifest.dynamicRoutes[PAGE] = {
    routeRegex: `${PAGE_PATTERN}(?:/)?$`,
    dataRoute: `${PAGE}.rsc`,
    dataRouteRegex: `${PAGE_PATTERN}\\.rsc$`,
    fallback: null,
  }
  await writeFile(file, JSON.stringify(manifest))
}

/**
 * Starts `next start` on a copy of the same build, without our server in front.
 * @param directory of the copy, because Next.js writes cached pages into it.
 * @returns its origin.
 */
export async function startNextStart(directory: string, databaseUrl: string, lifetime: Lifetime): Promise<string> {
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
  await mkdir(path.join(copy, 'lib/http'), { recursive: true })
  for (const file of ['next.config.mjs', 'lib/http/pages.mjs'])
    await copyFile(path.join(root, file), path.join(copy, file))
  await enablePageCache(path.join(copy, '.next'))

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
