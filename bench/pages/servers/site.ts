import type { BenchOptions } from '@/bench/benchmark'
import type { Lifetime } from '@/lib/lifetime'
import { build, isBuilt } from '@/lib/server/build'
import { removeDataDir, root, Site } from '@/lib/server/testing'

/** Builds the site, unless there is a build of the current sources. */
export async function buildSite({ lifetime, say }: Pick<BenchOptions, 'lifetime' | 'say'>): Promise<void> {
  if (await isBuilt(root)) return
  say('building the site')
  const stop = new AbortController()
  lifetime.onEnd(async () => stop.abort())
  await build(root, stop.signal)
}

/** Starts a site. At the end it is killed and its data directory removed, because it holds no data of its own. */
export function startSite(lifetime: Lifetime, dataDir: string, environment: Record<string, string>): Site {
  const site = Site.start(dataDir, environment)
  lifetime.onEnd(async () => {
    await site.stop('SIGKILL')
    await removeDataDir(dataDir)
  })
  return site
}
