import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { AppError } from '@/lib/errors'

/**
 * The user that the embedded PostgreSQL runs as. PostgreSQL refuses to run as root, so root runs it as the user
 * `postgres`; everybody else runs it as themselves.
 */
export interface Account {
  uid?: number
  gid?: number
}

/** The environment of PostgreSQL's programs: without this process's secrets, and with English messages. */
export const serverEnvironment: NodeJS.ProcessEnv = {
  NODE_ENV: process.env.NODE_ENV,
  PATH: process.env.PATH,
  LC_ALL: 'C',
}

const run = promisify(execFile)
const NAME = 'postgres'

async function lookUp(): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', NAME]), run('id', ['-g', NAME])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return undefined
  }
}

/**
 * @param home the server's directory. If it exists, its owner stays the same.
 * @throws AppError if root can't create the user.
 */
export async function serverAccount(home: string): Promise<Account> {
  if (process.getuid?.() !== 0) return {}
  const owner = await stat(home).catch(() => undefined)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const existing = await lookUp()
  if (existing) return existing
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', NAME])
  } catch (cause) {
    throw new AppError(
      'unavailable',
      `PostgreSQL does not run as root, and the user "${NAME}" could not be created. Create it, start as another user, or set DATABASE_URL.`,
      { cause },
    )
  }
  return (await lookUp()) ?? {}
}

/** Whether `account` can enter the directory, or run the program, at `path`. */
export async function canReach(account: Account, path: string): Promise<boolean> {
  try {
    await run('test', ['-x', path], account)
    return true
  } catch {
    return false
  }
}
