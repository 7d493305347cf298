import { randomBytes } from 'node:crypto'
import { chmod, chown, lstat, mkdir, readdir, readlink, rename, rm, symlink } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '@/lib/errors'
import { type Account, canReach } from './account'
import { explainFileErrors } from './faults'
import { isAlive } from './postmaster'

/** The system's directory for data of services, which every user can reach. */
const SYSTEM_STORE = '/var/lib/syromusic'

const DRAFT = /\.new-(\d+)/

/** The temporary name under which this process creates `path`, before renaming it. */
export const draftOf = (path: string) => `${path}.new-${process.pid}`

/** Renames the draft of `path`. If another process was faster, its result is used. */
export async function renameDraft(path: string): Promise<void> {
  try {
    await rename(draftOf(path), path)
  } catch (error) {
    await rm(draftOf(path), { recursive: true, force: true })
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOTEMPTY')) throw error
  }
}

/** Removes drafts of processes that were interrupted. */
async function removeDrafts(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    const maker = Number(DRAFT.exec(name)?.[1])
    if (maker && (maker === process.pid || !isAlive(maker)))
      await rm(path.join(home, name), { recursive: true, force: true })
  }
}

async function makePrivate(dir: string, { uid, gid }: Account): Promise<void> {
  await mkdir(dir, { recursive: true })
  if (uid !== undefined && gid !== undefined) await chown(dir, uid, gid)
  await chmod(dir, 0o700)
}

/** The target of a link, or the path itself if it is no link; undefined if it does not exist. */
async function follow(link: string): Promise<string | undefined> {
  const found = await lstat(link).catch(() => undefined)
  if (!found) return undefined
  return found.isSymbolicLink() ? path.resolve(path.dirname(link), await readlink(link)) : link
}

/** The path of the server's directory, or of a link to it. */
export const homeIn = (dataDir: string) => path.resolve(dataDir, 'postgres')

/**
 * Prepares the directory of the embedded server, `postgres` in the data directory. If the server's user can't reach it, as
 * in root's home directory, it becomes a link to a directory under /var/lib.
 * @returns its absolute path, and whether it is outside the data directory.
 * @throws AppError if it can't be created or reached.
 */
export async function prepareHome(dataDir: string, account: Account): Promise<{ home: string; elsewhere: boolean }> {
  const link = homeIn(dataDir)
  return explainFileErrors(path.resolve(dataDir), async () => {
    await mkdir(path.resolve(dataDir), { recursive: true })
    let home = await follow(link)
    if (!home) {
      const near = await canReach(account, path.resolve(dataDir))
      home = near ? link : path.join(SYSTEM_STORE, randomBytes(6).toString('hex'))
      // The link comes first, so that an interruption leaves no directory that nobody finds.
      if (!near) await symlink(home, link)
    }
    await makePrivate(home, account)
    await removeDrafts(home)
    if (!(await canReach(account, home)))
      throw new AppError(
        'unavailable',
        `PostgreSQL's user can't access ${home}. Make the directories above it accessible (chmod o+x), or set SYRO_DATA_DIR to another.`,
      )
    return { home, elsewhere: home !== link }
  })
}
