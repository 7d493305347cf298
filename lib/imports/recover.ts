import { lockCatalogue } from '@/lib/catalogue/rebuild'
import { withSession } from '@/lib/db/session'
import { closeInterruptedRuns } from '@/lib/imports/runs/write'
import { restoreIndexes } from './load/indexes'

/**
 * Recovers from an import whose process was killed: closes its run and builds the indexes that it suspended. If another
 * process is importing or rebuilding, that process has done so already.
 */
export const recoverImports = (): Promise<void> =>
  withSession('syromusic recovery', undefined, async (client) => {
    if (!(await lockCatalogue(client))) return
    await closeInterruptedRuns(client)
    await restoreIndexes(client)
  })
