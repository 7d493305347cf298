import { createServer } from 'node:http'
import next from 'next'
import { keyUses } from '@/lib/accounts/keys/uses'
import { openMail } from '@/lib/accounts/mail/open'
import { keepPageData } from '@/lib/cache/page-data'
import { findTotals } from '@/lib/catalogue/home/queries'
import { type Database, openDatabase } from '@/lib/db/open'
import { env } from '@/lib/env'
import { openLimits } from '@/lib/http/limits/open'
import { recoverImports } from '@/lib/imports/recover'
import type { Lifetime } from '@/lib/lifetime'
import type { Steps } from '@/lib/observability/steps'
import { bringUpToDate, isSearchable, keepIndex } from '@/lib/search/index/worker'
import { abortWithoutStacks } from './aborts'
import { build, isBuilt } from './build'
import { createFrontOf } from './front'
import { addressOf, checkAddress, close, createHttpServer, listen } from './http'

async function startDatabase(lifetime: Lifetime, steps: Steps): Promise<Database> {
  const fail = (error: unknown) => {
    console.error(error)
    void lifetime.end(1)
  }
  const opening = openDatabase({ steps, fail, asSite: true })
  lifetime.onEnd(async (hurry) => {
    const database = await opening.catch(() => undefined)
    await database?.stop(hurry)
  })
  return opening
}

const quiet = { read: () => {}, step: () => {} }

async function startLimits(lifetime: Lifetime): Promise<void> {
  const { opened, close } = await openLimits()
  lifetime.onEnd(close)
  await opened
}

async function ensureDemo(steps: Steps): Promise<void> {
  if (!env.SYRO_DEMO || Object.values(await findTotals()).some((total) => total > 0)) return
  await steps.step('Loading the demo catalogue', async () => (await import('@/lib/imports/demo')).loadDemo(quiet))
}

const sayNotIndexed = (error: unknown): void =>
  console.error(
    `What is searched could not be brought up to date, and will be later: ${error instanceof Error ? error.message : error}`,
  )

/** A small catalogue can be searched from the beginning; of a large one the index is made while the site is there. */
async function ensureIndex(root: string, lifetime: Lifetime, steps: Steps): Promise<void> {
  const stop = new AbortController()
  lifetime.onEnd(async () => stop.abort())
  if (!(await isSearchable()))
    await steps
      .step('Indexing what is searched', () => bringUpToDate(root, stop.signal))
      .catch((error: unknown) => {
        // It is tried again while the site runs.
        if (!lifetime.isEnding) sayNotIndexed(error)
      })
  lifetime.onEnd(keepIndex(root, sayNotIndexed))
}

async function ensureBuilt(root: string, lifetime: Lifetime, steps: Steps): Promise<void> {
  if (await isBuilt(root)) return
  const stop = new AbortController()
  lifetime.onEnd(async () => stop.abort())
  await steps.step('Building the site', () => build(root, stop.signal))
}

/**
 * Starts the site in the directory `root`: database, demo, build, Next.js, and last the one server that listens.
 * @param dev with hot reload, and without a build.
 * @returns its address.
 */
export async function start(root: string, dev: boolean, lifetime: Lifetime, steps: Steps): Promise<string> {
  const database = await startDatabase(lifetime, steps)
  lifetime.onEnd(() => keyUses().flush())
  lifetime.onEnd(openMail())
  await checkAddress(env.HOST, env.PORT)
  await recoverImports()
  await ensureDemo(steps)
  await ensureIndex(root, lifetime, steps)
  if (!dev) await ensureBuilt(root, lifetime, steps)
  await startLimits(lifetime)

  keepPageData()
  abortWithoutStacks()
  // Next.js listens for upgrades of the server that it is given, or else of the one that requests come from. Hot reload
  // needs that; all others it drops, also those of clients which would only rather speak HTTP/2. Nobody comes to this one.
  const httpServer = dev ? undefined : createServer()
  const site = next({ dev, dir: root, hostname: env.HOST, port: env.PORT, httpServer })
  await site.prepare()
  const handle = site.getRequestHandler()
  const server = createHttpServer(dev ? handle : await createFrontOf(handle, lifetime))
  lifetime.onEnd((hurry) => close(server, hurry))
  const address = addressOf(env.HOST, await listen(server, env.HOST, env.PORT))
  // Where Next.js finds itself when an action leads to another page. `next start` sets it too; left to guess, it would
  // ask over TLS, which ends in front of it, and not at all where the port is any free one.
  process.env.__NEXT_PRIVATE_ORIGIN = address
  await database.announce(address)
  return address
}
