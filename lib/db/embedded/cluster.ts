import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { access, chown, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '@/lib/errors'
import { type Account, serverEnvironment } from './account'
import type { Binaries } from './binaries'
import { explain, explainFileErrors } from './faults'
import { draftOf, homeIn, renameDraft } from './home'

/** A PostgreSQL cluster: a data directory, and all that is needed to run a server on it. */
export interface Cluster {
  /** The data directory, absolute. */
  data: string
  /** The server's log file. */
  log: string
  account: Account
  binaries: Binaries
  password: string
}

const PASSWORD_FILE = 'syromusic.password'
export const SUPERUSER = 'syromusic'

/** Sort order and case folding are the same on every machine; only character classes come from the system. */
const LOCALE = [
  '--encoding=UTF8',
  '--locale=C',
  `--lc-ctype=${process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'}`,
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
]

/** Waits for `child` to end. */
async function resultOf(child: ChildProcess): Promise<{ ok: boolean; output: string }> {
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ ok: code === 0, output }))
  })
}

async function sync(dir: string): Promise<void> {
  const handle = await open(dir)
  await handle.sync().finally(() => handle.close())
}

/** Creates the data directory under a temporary name and renames it, so that an existing one is always complete. */
async function create(home: string, data: string, { initdb }: Binaries, account: Account): Promise<void> {
  const draft = draftOf(data)
  const passwordFile = `${draft}.password`
  await writeFile(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  if (account.uid !== undefined && account.gid !== undefined) await chown(passwordFile, account.uid, account.gid)
  const { ok, output } = await resultOf(
    spawn(
      initdb,
      [
        `--pgdata=${draft}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--no-instructions',
        ...LOCALE,
      ],
      { ...account, cwd: home, env: serverEnvironment, stdio: ['ignore', 'pipe', 'pipe'] },
    ),
  )
  if (!ok) {
    await rm(passwordFile, { force: true })
    throw explain('create a database', home, output)
  }
  await rename(passwordFile, path.join(draft, PASSWORD_FILE))
  await sync(draft)
  await renameDraft(data)
  await sync(home)
}

/** The major version of a data directory; undefined if it does not exist. */
async function versionOf(data: string): Promise<string | undefined> {
  const text = await readFile(path.join(data, 'PG_VERSION'), 'utf8').catch(() => undefined)
  return text?.trim()
}

/** Whether a data directory has a cluster. An unreadable one counts: opening it reports the error. */
export async function hasCluster(dataDir: string): Promise<boolean> {
  try {
    await access(path.join(homeIn(dataDir), 'data/PG_VERSION'))
    return true
  } catch (error) {
    return !(error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
  }
}

/**
 * The cluster in `home`, created if it does not exist.
 * @throws AppError if it can't be created, or has another major version than the programs.
 */
export async function prepareCluster(home: string, account: Account, binaries: Binaries): Promise<Cluster> {
  const data = path.join(home, 'data')
  return explainFileErrors(home, async () => {
    if (!(await versionOf(data))) await create(home, data, binaries, account)
    const version = await versionOf(data)
    if (version !== String(binaries.major))
      throw new AppError(
        'unavailable',
        `The data in ${data} is of PostgreSQL ${version}, and this SyroMusic comes with PostgreSQL ${binaries.major}. Start the SyroMusic that created it and export the catalogue, or set SYRO_DATA_DIR to another directory.`,
      )
    const password = (await readFile(path.join(data, PASSWORD_FILE), 'utf8')).trim()
    return { data, log: path.join(home, 'log'), account, binaries, password }
  })
}
