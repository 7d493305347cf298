import pg from 'pg'
import { lockCatalogue } from '@/lib/catalogue/rebuild'
import { databaseUrl } from '@/lib/db/url'
import { closeInterruptedRuns } from '@/lib/imports/runs/write'
import { restoreIndexes } from './load/indexes'

/**
 * Mends what an import left whose process was killed: its run is closed, and the indexes that it went without are built.
 * While another process imports or rebuilds, it does nothing, for that one has mended it.
 */
export async function recoverImports(): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl(), application_name: 'syromusic recovery' })
  // What is under way fails too when the connection is lost, and says so; without a listener the process would end.
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
