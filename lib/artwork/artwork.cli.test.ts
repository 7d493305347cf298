import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { syro } from '@/bin/testing'
import { createTestDatabase } from '@/lib/db/testing/database'

const scratch = await vi.hoisted(async () => {
  const folder = await (await import('@/lib/db/testing/scratch')).makeScratch('artwork-cli')
  process.env.SYRO_DATA_DIR = folder
  return folder
})
await createTestDatabase()
afterAll(() => rm(scratch, { recursive: true, force: true }))

test('prints file names without their control characters', async () => {
  const folder = path.join(scratch, 'brought')
  await mkdir(folder)
  await writeFile(path.join(folder, '7\u001b[2J\n.jpg'), '')
  const { code, out } = await syro(['artwork', 'import', folder])
  expect(code).toBe(0)
  expect(out).toContain('7�[2J�.jpg')
  expect(out).not.toContain('\u001b')
})

for (const count of ['0', '65', '02', 'all'])
  test(`--at-once ${count} is an error`, async () => {
    const { code, err } = await syro(['artwork', 'import', scratch, '--at-once', count])
    expect(code).toBe(1)
    expect(err).toContain('It must be a whole number from 1 to 64.')
  })
