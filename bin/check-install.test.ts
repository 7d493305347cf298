import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findProblem, satisfies } from '@/bin/check-install.mjs'
import { makeScratch } from '@/lib/db/testing/scratch'

/** A start that can't work says why in one sentence. */

const LOCK = {
  '': { version: '1.0.0' },
  'node_modules/next': { version: '16.0.0' },
  'node_modules/biome-darwin': { version: '1.0.0', optional: true },
  'node_modules/vitest': { version: '4.0.0', dev: true },
}
const INSTALLED = { 'node_modules/next': { version: '16.0.0' }, 'node_modules/vitest': { version: '4.0.0' } }
const INCOMPLETE = 'The packages are not completely installed. Run "npm install" and wait until it has finished.'

let root: string
const here = () => ({ root, version: '22.14.0', platform: 'linux' })
const writePackages = (file: string, packages: object) => writeFile(path.join(root, file), JSON.stringify({ packages }))

beforeEach(async () => {
  root = await makeScratch('check-install')
  for (const dir of ['node_modules', 'lib/db/generated', 'bin']) await mkdir(path.join(root, dir), { recursive: true })
  await writeFile(path.join(root, 'package.json'), '{"engines":{"node":"^20.19 || ^22.12 || >=24"}}')
  await writeFile(path.join(root, 'lib/db/generated/client.ts'), '')
  await writePackages('package-lock.json', LOCK)
  await writePackages('node_modules/.package-lock.json', INSTALLED)
})

afterEach(() => rm(root, { recursive: true, force: true }))

test('accepts a complete installation, without optional packages of other platforms', () => {
  expect(findProblem(here())).toBeUndefined()
})

test('accepts an installation without development packages', async () => {
  await writePackages('node_modules/.package-lock.json', { 'node_modules/next': { version: '16.0.0' } })
  expect(findProblem(here())).toBeUndefined()
})

test.each([
  ['npm install has never finished', () => rm(path.join(root, 'node_modules/.package-lock.json'))],
  ['a package is missing', () => writePackages('node_modules/.package-lock.json', {})],
  [
    'a package has another version',
    () => writePackages('node_modules/.package-lock.json', { 'node_modules/next': { version: '15.0.0' } }),
  ],
  ['the Prisma client is not generated', () => rm(path.join(root, 'lib/db/generated/client.ts'))],
  ['npm is writing its file', () => writeFile(path.join(root, 'node_modules/.package-lock.json'), '{"packages"')],
])('refuses an installation where %s', async (_, spoil) => {
  await spoil()
  expect(findProblem(here())).toBe(INCOMPLETE)
})

test('names the supported versions of Node.js, and Windows Subsystem for Linux', () => {
  expect(findProblem({ ...here(), version: '18.20.0' })).toBe(
    'SyroMusic needs Node.js ^20.19 or ^22.12 or >=24. This is Node.js 18.20.0.',
  )
  expect(findProblem({ ...here(), platform: 'win32' })).toContain('WSL')
})

test.each([
  ['20.19.0', true],
  ['20.18.3', false],
  ['21.9.0', false],
  ['22.11.0', false],
  ['22.12.0', true],
  ['23.5.0', false],
  ['24.0.0', true],
  ['26.1.0', true],
])('Node.js %s is supported: %s', async (version, supported) => {
  const { engines } = JSON.parse(await readFile('package.json', 'utf8'))
  expect(satisfies(version, engines.node)).toBe(supported)
})

test('prints only the error, and exits with 1', async () => {
  const script = path.join(root, 'bin/check-install.mjs')
  await writeFile(script, await readFile('bin/check-install.mjs'))
  await rm(path.join(root, 'node_modules'), { recursive: true })
  await expect(promisify(execFile)(process.execPath, [script])).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: `${INCOMPLETE}\n`,
  })
})
