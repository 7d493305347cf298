import pg from 'pg'
import { lockCatalogue } from '@/lib/catalogue/rebuild'
import { databaseUrl } from '@/lib/db/url'
import { closeInterruptedRuns } from '@/lib/imports/runs/write'
import { restoreIndexes } from './load/indexes'

/**
 * Recovers from an import whose process was killed: closes its run and builds the indexes that it suspended. If another
 * process is importing or rebuilding, that process has done so already.
 */
export async function recoverImports(): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl(), application_name: 'syromusic recovery' })
  // Without a listener, a lost connection would end the process. The query that is running fails anyway.
  client.on('error', () => {})
  await client.connect()
  try {
    if (!(await lockCatalogue(client))) return
    await closeInterruptedRuns(client)
    await restoreIndexes(client)
  } finally {
    await client.end()
  }
}
