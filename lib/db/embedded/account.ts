import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { AppError } from '@/lib/errors'

/**
 * The user that the embedded PostgreSQL runs as. PostgreSQL refuses to be root, so a root who starts the site lends it
 * the user `postgres`; anybody else runs it as themselves.
 */
export interface Account {
  uid?: number
  gid?: number
}

/** What PostgreSQL's programs see of our environment: they need none of its secrets. Their messages are in English. */
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
 * @param home where the server's data is, or is going to be: it stays with the user who has it.
 * @throws AppError when root has no user to lend and can't make one.
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
      `PostgreSQL does not run as root, and a user "${NAME}" for it could not be made. Make one, start as another user, or set DATABASE_URL.`,
      { cause },
    )
  }
  return (await lookUp()) ?? {}
}

/** Whether `account` may go into the directory, or run the program, at `path`: through every directory above it. */
export async function canReach(account: Account, path: string): Promise<boolean> {
  try {
    await run('test', ['-x', path], account)
    return true
  } catch {
    return false
  }
}
