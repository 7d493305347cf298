import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

const script = `
  const { synthetic } = await import('@/lib/imports/synthetic/synthetic')
  let songs = 0
  for (const record of synthetic({ songs: 400_000, seed: 1 })) if (record.type === 'song') songs++
  process.stdout.write(String(songs))`

test('generates a large catalogue in little memory', () => {
  // The songs alone would take several times as much.
  const args = ['--max-old-space-size=48', '--import', 'tsx', '--input-type=module', '--eval', script]
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(stdout).toBe('400000')
})
