import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** The time and memory of one import. */
const ImportFigures = z.object({
  seconds: z.number(),
  maxRssMiB: z.number(),
  rowsRead: z.number(),
  songs: z.number(),
  albums: z.number(),
  artists: z.number(),
  steps: z.array(z.object({ name: z.string(), seconds: z.number() })),
})
export type ImportFigures = z.infer<typeof ImportFigures>

/** Imports a generated catalogue into the database at `url`, in a process of its own. @throws if that fails. */
export async function measureImport(
  url: string,
  { songs, seed }: { songs: number; seed: number },
): Promise<ImportFigures> {
  const child = fork(fileURLToPath(new URL('child.ts', import.meta.url)), [String(songs), String(seed)], {
    env: { ...process.env, DATABASE_URL: url },
  })
  const stop = () => child.kill()
  process.once('exit', stop)
  const closed = once(child, 'close')
  const [message] = await Promise.race([once(child, 'message'), closed.then(() => [undefined])])
  await closed
  process.off('exit', stop)
  return ImportFigures.parse(message)
}
