import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The command line as a process, on the database at `url`. */
export const spawnSyro = (url: string, ...words: string[]): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', 'bin/syro.ts', ...words], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: url },
  })

/** The same without a database server, on a data directory. */
export const spawnSyroIn = (dataDir: string, ...words: string[]): ChildProcess => {
  const { DATABASE_URL, ...environment } = process.env
  return spawn(process.execPath, ['--import', 'tsx', 'bin/syro.ts', ...words], {
    cwd: root,
    env: { ...environment, SYRO_DATA_DIR: dataDir },
  })
}

export type Said = { code: number | null; out: string; err: string }

/** Waits for its end. */
export async function endOf(child: ChildProcess): Promise<Said> {
  const [out, err] = [child.stdout, child.stderr].map(async (stream) => (stream ? text(stream) : ''))
  await once(child, 'exit')
  return { code: child.exitCode, out: (await out) ?? '', err: (await err) ?? '' }
}
