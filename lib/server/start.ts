import type { RequestListener } from 'node:http'
import { keyUses } from '@/lib/accounts/keys/uses'
import { openMail } from '@/lib/accounts/mail/open'
import { isArtwork } from '@/lib/artwork/serve/address'
import { openArtwork } from '@/lib/artwork/serve/open'
import { type Database, openDatabase } from '@/lib/db/open'
import { answerPromptly } from '@/lib/db/pool'
import { startEnrichment } from '@/lib/enrichment/work/background'
import { env } from '@/lib/env'
import { openLimits } from '@/lib/http/limits/open'
import { recoverImports } from '@/lib/imports/recover'
import type { Lifetime } from '@/lib/lifetime'
import type { SiteOptions } from '@/lib/next/load'
import { log, takeConsole } from '@/lib/observability/log'
import type { Steps } from '@/lib/observability/steps'
import { isSearchable, keepIndex, updateOrRebuild } from '@/lib/search/index/worker'
import { build, isBuilt } from './build'
import { commonHeaders } from './common-headers'
import { ensureFigures } from './figures'
import { createFrontOf } from './front'
import { addressOf, checkAddress, close, createHttpServer, listen, TIMEOUTS } from './http'
import { startNextThread } from './next/start'

/** Called with an error that the site can't survive. */
type Fail = (error: unknown) => void

async function startDatabase(
  lifetime: Lifetime,
  steps: Steps,
  fail: Fail,
  beforeMigrating: () => Promise<void>,
): Promise<Database> {
  const opening = openDatabase({ steps, fail, asSite: true, beforeMigrating })
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
  if (!env.SYRO_DEMO) return
  const { isDemoWanted, loadDemoIfWanted } = await import('@/lib/imports/demo/load')
  if (!(await isDemoWanted())) return
  if (!(await steps.step('Loading the demo catalogue', () => loadDemoIfWanted(quiet))))
    steps.say('Another import is running, so the demo catalogue is not loaded')
  else steps.say('Its music is fictional. Remove it with: npm run syro -- demo remove')
}

const sayNotIndexed = (err: unknown): void =>
  log.error({ err }, 'The search index could not be updated; the update will be retried')

/** Indexes a small catalogue before the site listens, a large one while it runs. */
async function ensureIndex(root: string, lifetime: Lifetime, steps: Steps): Promise<void> {
  const stop = new AbortController()
  lifetime.onEnd(async () => stop.abort())
  if (!(await isSearchable()))
    await steps
      .step('Building the search index', () => updateOrRebuild(root, stop.signal))
      .catch((error: unknown) => {
        // The update is retried while the site runs.
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

/** Next.js slows down the thread that loads it. Pictures don't need it. */
async function loadHere(options: SiteOptions): Promise<RequestListener> {
  const next = await (await import('@/lib/next/load')).loadNext(options)
  const artwork = openArtwork(commonHeaders, TIMEOUTS.idle)
  return (request, response) => (isArtwork(request.url ?? '') ? artwork(request, response) : next(request, response))
}

/**
 * Starts the site in the directory `root`: database, build, migrations, demo, Next.js, and last the one server that listens.
 * @param dev with hot reload, and without a build.
 * @returns its address.
 */
export async function start(root: string, dev: boolean, lifetime: Lifetime, steps: Steps): Promise<string> {
  const fail: Fail = (error) => {
    log.fatal({ err: error }, 'The site can’t continue')
    void lifetime.end(1)
  }
  const opening = startDatabase(lifetime, steps, fail, async () => {
    await checkAddress(env.HOST, env.PORT)
    if (!dev) await ensureBuilt(root, lifetime, steps)
  })
  // It loads while the database starts.
  const thread = dev ? undefined : startNextThread(lifetime, fail)
  const database = await opening
  lifetime.onEnd(() => keyUses().flush())
  await recoverImports()
  await ensureFigures(root, lifetime, steps)
  await ensureDemo(steps)
  await ensureIndex(root, lifetime, steps)
  await startLimits(lifetime)

  lifetime.onEnd(startEnrichment((sentence) => log.error(sentence)))

  await answerPromptly()
  if (thread) {
    const endLog = takeConsole()
    lifetime.onEnd(async () => endLog())
  }
  const where = { dir: root, hostname: env.HOST, port: env.PORT }
  if (thread) await thread.prepare(where)
  else lifetime.onEnd(openMail())
  const server = createHttpServer(thread ? await createFrontOf(thread, lifetime) : await loadHere({ ...where, dev }))
  lifetime.onEnd((hurry) => close(server, hurry))
  const address = addressOf(env.HOST, await listen(server, env.HOST, env.PORT))
  // Next.js requests the target page of an action's redirect from itself, at this port. `next start` sets the variable
  // too. Without it Next.js would use TLS, which ends in front of it, and could not know a free port.
  process.env.__NEXT_PRIVATE_ORIGIN = address
  await database.announce(address)
  return address
}
