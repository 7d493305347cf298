import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fingerprint, isBuilt } from './build'

let root: string

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true })
  await writeFile(path.join(root, file), text)
}

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'syromusic-build-'))
  await write('app/page.tsx', 'page')
  await write('app/page.test.tsx', 'test')
  await write('next.config.mjs', 'config')
  await write('lib/db/generated/client.ts', 'client')
  await write('.next/BUILD_ID', 'id')
  await write('.next/made-from', await fingerprint(root))
})

afterEach(() => rm(root, { recursive: true }))

test('a build made from the current sources is valid', async () => expect(await isBuilt(root)).toBe(true))

for (const [what, change] of [
  ['a source was changed', () => write('app/page.tsx', 'other page')],
  ['a source was added', () => write('lib/queries.ts', '')],
  ['a source was renamed', () => rename(path.join(root, 'app/page.tsx'), path.join(root, 'app/layout.tsx'))],
  ['a source was removed', () => rm(path.join(root, 'app/page.tsx'))],
  ['the configuration was changed', () => write('next.config.mjs', 'other')],
  ['other package versions were installed', () => write('package-lock.json', '{}')],
  ['the build was interrupted', () => rm(path.join(root, '.next/made-from'))],
  ['the build was deleted', () => rm(path.join(root, '.next/BUILD_ID'))],
] as const)
  test(`a build is invalid if ${what}`, async () => {
    await change()
    expect(await isBuilt(root)).toBe(false)
  })

test('tests and generated code do not invalidate a build', async () => {
  await write('app/page.test.tsx', 'other test')
  await write('lib/db/generated/client.ts', 'other client')
  expect(await isBuilt(root)).toBe(true)
})
