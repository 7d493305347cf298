import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { explain, explainFileErrors } from './faults'

for (const [output, sentence] of [
  ['FATAL:  could not write to file "pg_wal/1": No space left on device', /^The disk that holds \/data is full/],
  ['initdb: error: could not create directory "/data": Read-only file system', /^\/data can only be read/],
  ['initdb: error: could not access directory "/data": Permission denied', /^This user may not use \/data/],
  [
    'LOG:  starting\nFATAL:  configuration file "postgresql.conf" contains errors\nLOG:  bye',
    /^PostgreSQL could not start in \/data: configuration file "postgresql.conf" contains errors$/,
  ],
  ['', /^PostgreSQL could not start in \/data: It printed no message\.$/],
] as const)
  test(`explains "${output}"`, () => expect(explain('start', '/data', output).message).toMatch(sentence))

test('explains file system errors, but not missing files', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'syromusic-faults-'))
  try {
    const file = path.join(dir, 'file')
    await writeFile(file, '')
    await expect(explainFileErrors(file, () => writeFile(path.join(file, 'below'), ''))).rejects.toThrow(
      /a part of its path is a file/,
    )
    await expect(explainFileErrors(dir, () => readdir(path.join(dir, 'nowhere')))).rejects.toThrow('ENOENT')
  } finally {
    await rm(dir, { recursive: true })
  }
})
