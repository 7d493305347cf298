import { setTimeout as delay } from 'node:timers/promises'
import type { Steps } from '@/lib/observability/steps'
import { formatDuration } from '@/lib/observability/steps'
import { serverAccount } from './account'
import { findBinaries } from './binaries'
import { type Cluster, prepareCluster } from './cluster'
import { homeIn, prepareHome } from './home'
import { findPostmaster } from './postmaster'
import { ensureServer, freePort, stopServer } from './server'
import { Tenancy } from './tenancy'

export interface EmbeddedDatabase {
  url: string
  /**
   * Takes the one place of a site.
   * @returns nothing when it has it, else the address of the site that has it; empty while that one is starting.
   */
  claimSite(): Promise<string | undefined>
  /** Lets others know where this site is. */
  announce(address: string): Promise<void>
  /** Leaves; the last to leave stops the server. @param hurry stops waiting for anything. */
  stop(hurry: AbortSignal): Promise<void>
}

/** A place on the server of the cluster, started if it does not run, on `port` then. */
async function enter(cluster: Cluster, port: number, lost: () => void): Promise<{ tenancy: Tenancy; port: number }> {
  for (;;) {
    const server = await ensureServer(cluster, port)
    const tenancy = await Tenancy.enter(cluster, server.port, lost)
    if (tenancy) return { tenancy, port: server.port }
    await delay(20)
  }
}

/**
 * The embedded PostgreSQL in `dataDir`, made and started if need be. When the server dies while it is in use, it is
 * started again at the same address.
 * @param fail is called when it dies and can't be started again.
 * @throws AppError, in a sentence, when it can't be made or started.
 */
export async function openEmbedded(
  dataDir: string,
  steps: Steps,
  fail: (error: unknown) => void,
): Promise<EmbeddedDatabase> {
  const account = await serverAccount(homeIn(dataDir))
  const { home, elsewhere } = await prepareHome(dataDir, account)
  if (elsewhere) steps.say(`PostgreSQL's user can't enter ${dataDir}; its data is in ${home}`)
  const binaries = await findBinaries(home, account)
  const cluster = await prepareCluster(home, account, binaries)

  let leaving = false
  let site = false
  let announced = ''
  const recover = async () => {
    if (leaving) return
    const started = performance.now()
    steps.say('PostgreSQL has gone. Starting it again')
    try {
      place = await enter(cluster, place.port, lost)
      if (site) await place.tenancy.claimSite()
      if (announced) await place.tenancy.announce(announced)
      steps.say(`PostgreSQL is back after ${formatDuration(performance.now() - started)}`)
    } catch (error) {
      fail(error)
    }
  }
  let recovery = Promise.resolve()
  const lost = () => {
    recovery = recover()
  }
  let place = await enter(cluster, await freePort(), lost)

  return {
    url: Tenancy.url(cluster, place.port),
    async claimSite() {
      const holder = await place.tenancy.claimSite()
      site = holder === undefined
      return holder
    },
    announce(address) {
      announced = address
      return place.tenancy.announce(address)
    },
    async stop(hurry) {
      leaving = true
      await recovery
      const server = await findPostmaster(cluster.data)
      const alone = await place.tenancy.leave().catch(() => false)
      if (alone && server) await stopServer(cluster, server, hurry)
      await place.tenancy.end()
    },
  }
}
