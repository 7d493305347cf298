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
   * Takes the lock of the one site.
   * @returns undefined if it succeeds, else the address of the other site: empty while that one is starting.
   */
  claimSite(): Promise<string | undefined>
  /** Stores the address of this site for `claimSite`. */
  announce(address: string): Promise<void>
  /** Ends this use of the server, and stops it if it was the last. @param hurry stops waiting when it aborts. */
  stop(hurry: AbortSignal): Promise<void>
}

/** Joins the cluster's server. If it does not run, it is started on `port`. */
async function enter(cluster: Cluster, port: number, lost: () => void): Promise<{ tenancy: Tenancy; port: number }> {
  for (;;) {
    const server = await ensureServer(cluster, port)
    const tenancy = await Tenancy.enter(cluster, server.port, lost)
    if (tenancy) return { tenancy, port: server.port }
    await delay(20)
  }
}

/**
 * Opens the embedded PostgreSQL in `dataDir`, which is created and started if necessary. If the server dies, it is
 * restarted at the same address.
 * @param fail is called if it dies and can't be restarted.
 * @throws AppError if it can't be created or started.
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
    steps.say('PostgreSQL has stopped. Restarting it')
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
