import { randomBytes } from 'node:crypto'
import { chmod, chown, lstat, mkdir, readdir, readlink, rename, rm, symlink } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '@/lib/errors'
import { type Account, canReach } from './account'
import { inPlace } from './faults'
import { isAlive } from './postmaster'

/** Where a system keeps what its services store; reachable for every user. */
const SYSTEM_STORE = '/var/lib/syromusic'

const DRAFT = /\.new-(\d+)/

/** Where this process makes what is going to be at `path`, and renames it there once it is whole. */
export const draftOf = (path: string) => `${path}.new-${process.pid}`

/** Puts the draft of `path` there. Where another start was faster, what that one made is as good. */
export async function putInPlace(path: string): Promise<void> {
  try {
    await rename(draftOf(path), path)
  } catch (error) {
    await rm(draftOf(path), { recursive: true, force: true })
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOTEMPTY')) throw error
  }
}

/** Removes what starts that were interrupted left half-made. One that another process is making is left to it. */
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

/** What is at `link`: the directory it names, its own path when it is a directory, nothing when there is neither. */
async function follow(link: string): Promise<string | undefined> {
  const found = await lstat(link).catch(() => undefined)
  if (!found) return undefined
  return found.isSymbolicLink() ? path.resolve(path.dirname(link), await readlink(link)) : link
}

/** Where the home is looked for: it is there, or a link there leads to it. */
export const homeIn = (dataDir: string) => path.resolve(dataDir, 'postgres')

/**
 * The directory that holds all of the embedded server: `postgres` in the data directory. Where the server's user can't
 * get there (root's own home is closed to others), it is a link to one under /var/lib that the user can reach.
 * @returns its absolute path, and whether it lies outside of the data directory.
 * @throws AppError when it can't be made or reached.
 */
export async function prepareHome(dataDir: string, account: Account): Promise<{ home: string; elsewhere: boolean }> {
  const link = homeIn(dataDir)
  return inPlace(path.resolve(dataDir), async () => {
    await mkdir(path.resolve(dataDir), { recursive: true })
    let home = await follow(link)
    if (!home) {
      const near = await canReach(account, path.resolve(dataDir))
      home = near ? link : path.join(SYSTEM_STORE, randomBytes(6).toString('hex'))
      // The link comes first: were we stopped in between, nothing would lie where nobody finds it.
      if (!near) await symlink(home, link)
    }
    await makePrivate(home, account)
    await removeDrafts(home)
    if (!(await canReach(account, home)))
      throw new AppError(
        'unavailable',
        `PostgreSQL's user can't get to ${home}. Open the directories above it (chmod o+x), or set SYRO_DATA_DIR to another.`,
      )
    return { home, elsewhere: home !== link }
  })
}
