import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'

/**
 * Imports go one way: app → components → a feature → http → cache → db → observability → env. In a feature, only files
 * that read or write import the database.
 */

const root = fileURLToPath(new URL('.', import.meta.url))
const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome')
const Report = z.object({
  diagnostics: z.array(
    z.object({ category: z.string(), severity: z.string(), location: z.object({ path: z.string() }) }),
  ),
})

const value = (from: string) => `import { thing } from '${from}'\nconsole.log(thing)\n`
const type = (from: string) => `import type { Thing } from '${from}'\nexport const thing: Thing = {}\n`
const all = (from: string) => `import * as things from '${from}'\nconsole.log(things)\n`
const late = (from: string) => `export const thing = await import('${from}')\n`
const again = (from: string) => `export { thing } from '${from}'\n`

const upwards: [folder: string, code: string][] = [
  ['app/albums', value('@/lib/db/pool')],
  ['app/albums', value('@/lib/server/http')],
  ['app/albums', value('@/prisma/migrate')],
  ['app/albums', value('../../lib/catalogue/cached')],
  ['components/catalogue', value('@/app/address')],
  ['components/catalogue', value('@/lib/catalogue/read')],
  ['components/catalogue', value('@/lib/catalogue/albums/cached')],
  ['components/catalogue', all('@/lib/catalogue/views')],
  ['components/catalogue', type('@/lib/db/client')],
  ['components/catalogue', value('@/lib/env')],
  ['lib/catalogue', type('@/components/ui/text')],
  ['lib/catalogue', value('@/app/address')],
  ['lib/catalogue', value('@/lib/playlists/read')],
  ['lib/catalogue', value('@/lib/server/build')],
  ['lib/playlists', value('@/lib/imports/run')],
  ['lib/accounts', value('@/lib/catalogue/read')],
  ['lib/imports', value('@/lib/playlists/read')],
  ['lib/imports/load', value('@/components/ui/text')],
  ['lib/sitemap', value('@/lib/imports/run')],
  ['lib/artwork', value('@/lib/imports/run')],
  ['lib/catalogue', value('@/lib/artwork/add-picture')],
  ['lib/http', value('@/lib/catalogue/read')],
  ['lib/cache', value('@/lib/http/metadata')],
  ['lib/db', value('@/lib/cache/page')],
  ['lib/db', late('@/lib/cache/page')],
  ['lib/db', again('@/lib/cache/page')],
  ['lib/db/embedded', value('@/lib/catalogue/read')],
  ['lib/db', value('@/prisma/engine')],
  ['lib/db', value('../env')],
  ['lib/observability', value('@/lib/db/pool')],
  ['lib', value('@/lib/observability/steps')],
  ['lib/server', value('@/components/ui/text')],
  ['prisma', value('@/lib/db/pool')],
  ['bin', value('@/components/ui/text')],
]

const downwards: [folder: string, code: string][] = [
  ['app/albums', value('@/lib/catalogue/cached')],
  ['app/albums', value('@/components/ui/text')],
  ['components/catalogue', type('@/lib/catalogue/views')],
  ['components/catalogue', value('@/lib/playlists/actions')],
  ['components/catalogue', value('@/components/ui/text')],
  ['lib/playlists', value('@/lib/catalogue/read')],
  ['lib/accounts/keys', value('@/lib/http/metadata')],
  ['lib/catalogue', value('@/lib/http/metadata')],
  ['lib/http', value('@/lib/cache/page')],
  ['lib/cache', value('@/lib/db/pool')],
  ['lib/db', value('@/lib/observability/steps')],
  ['lib/db', value('./url')],
  ['lib/observability', value('@/lib/env')],
  ['lib/server', value('@/lib/imports/demo/load')],
]

const dir = mkdtempSync(path.join(tmpdir(), 'syromusic-lint-'))
afterAll(() => rmSync(dir, { recursive: true }))

/** The categories of the errors in each file, as "folder/file". */
const errors = new Map<string, string[]>()

function write(file: string, code: string): void {
  mkdirSync(path.join(dir, path.dirname(file)), { recursive: true })
  writeFileSync(path.join(dir, file), code)
}

/** Files of a feature, and whether they may import the pool, Prisma's client and the like. */
const databaseImports: [file: string, isAllowed: boolean][] = [
  ['lib/catalogue/albums/contract.ts', false],
  ['lib/catalogue/albums/operations.ts', false],
  ['lib/catalogue/albums/resource.ts', false],
  ['lib/catalogue/lists/endpoints.ts', false],
  ['lib/catalogue/cached.ts', false],
  ['lib/catalogue/views.ts', false],
  ['lib/accounts/keys/actions.ts', false],
  ['lib/imports/imports.cli.ts', false],
  ['lib/catalogue/albums/read.ts', true],
  ['lib/catalogue/albums/records.ts', true],
  ['lib/accounts/write.ts', true],
]
const databaseModules = ['pool', 'client', 'transaction', 'copy']

const placed = (cases: [folder: string, code: string][], kind: string) =>
  cases.map(([folder, code], index) => ({
    file: `${folder}/${kind}-${index}.ts`,
    title: `${folder}: ${code.split('\n')[0]}`,
    code,
  }))

const breaches = placed(upwards, 'up')
const proper = placed(downwards, 'down')

beforeAll(() => {
  for (const { file, code } of [...breaches, ...proper]) write(file, code)
  write('components/ui/one.ts', "import { two } from './two'\nexport const one = () => two\n")
  write('components/ui/two.ts', "import { one } from './one'\nexport const two = () => one\n")
  write('lib/catalogue/read.test.ts', value('@/lib/imports/run'))
  for (const [file] of databaseImports)
    for (const name of databaseModules) write(`${name}/${file}`, value(`@/lib/db/${name}`))
  const rules = JSON.parse(readFileSync(path.join(root, 'biome.json'), 'utf8'))
  const plugins = rules.plugins.map((plugin: string) => path.join(root, plugin))
  write('biome.json', JSON.stringify({ ...rules, plugins, vcs: { enabled: false } }))
  const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.']
  const { stdout } = spawnSync(process.execPath, args, { cwd: dir, encoding: 'utf8' })
  for (const { category, severity, location } of Report.parse(JSON.parse(stdout)).diagnostics)
    if (severity === 'error') errors.set(location.path, [...(errors.get(location.path) ?? []), category])
})

describe('an import upwards is an error', () => {
  for (const { file, title } of breaches)
    test(title, () => expect(errors.get(file) ?? []).toContain('lint/style/noRestrictedImports'))
})

describe('an import downwards is allowed', () => {
  for (const { file, title } of proper) test(title, () => expect(errors.get(file)).toBeUndefined())
  test('a test may take what it needs from any feature', () =>
    expect(errors.get('lib/catalogue/read.test.ts')).toBeUndefined())
})

test('a circle is an error', () =>
  expect(errors.get('components/ui/one.ts')).toContain('lint/suspicious/noImportCycles'))

describe('in a feature, only files that read or write import the database', () => {
  for (const [file, isAllowed] of databaseImports)
    test(`${file} ${isAllowed ? 'may' : 'may not'}`, () => {
      for (const name of databaseModules)
        expect(errors.get(`${name}/${file}`), name).toEqual(isAllowed ? undefined : ['plugin'])
    })
})
