import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Command } from 'commander'
import { afterAll, expect, test, vi } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { addArtworkCommands } from './artwork.cli'

const scratch = await vi.hoisted(async () => {
  const made = await (await import('@/lib/db/testing/scratch')).makeScratch('artwork-cli')
  process.env.SYRO_DATA_DIR = made
  return made
})
await createTestDatabase()
afterAll(() => rm(scratch, { recursive: true, force: true }))

test('a file of any name is shown, and does nothing to the terminal', async () => {
  const folder = path.join(scratch, 'brought')
  await mkdir(folder)
  await writeFile(path.join(folder, '7\u001b[2J\n.jpg'), '')
  const program = new Command().exitOverride()
  addArtworkCommands(program, { inDatabase: (work) => work(), signal: new AbortController().signal })
  const print = vi.spyOn(console, 'log').mockImplementation(() => {})
  await program.parseAsync(['artwork', 'import', folder], { from: 'user' })
  const printed = print.mock.calls.flat().join('\n')
  vi.restoreAllMocks()
  expect(printed).toContain('7�[2J�.jpg')
  expect(printed).not.toContain('\u001b')
})

for (const count of ['0', '65', '02', 'all'])
  test(`no import makes ${count} pictures at a time`, async () => {
    const program = new Command()
    let said = ''
    addArtworkCommands(program, { inDatabase: (work) => work(), signal: new AbortController().signal })
    const command = program.commands[0]?.commands.find((each) => each.name() === 'import')
    command?.exitOverride().configureOutput({ writeErr: (text) => (said += text) })
    await expect(
      program.parseAsync(['artwork', 'import', scratch, '--at-once', count], { from: 'user' }),
    ).rejects.toThrow()
    expect(said).toContain('It must be a whole number from 1 to 64.')
  })
