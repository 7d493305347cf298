import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { explain, inPlace } from './faults'

for (const [output, sentence] of [
  ['FATAL:  could not write to file "pg_wal/1": No space left on device', /^The disk that holds \/data is full/],
  ['initdb: error: could not create directory "/data": Read-only file system', /^\/data can only be read/],
  ['initdb: error: could not access directory "/data": Permission denied', /^This user may not use \/data/],
  [
    'LOG:  starting\nFATAL:  configuration file "postgresql.conf" contains errors\nLOG:  bye',
    /^PostgreSQL could not start in \/data: configuration file "postgresql.conf" contains errors$/,
  ],
  ['', /^PostgreSQL could not start in \/data: It said nothing\.$/],
] as const)
  test(`"${output}" is explained`, () => expect(explain('start', '/data', output).message).toMatch(sentence))

test('what the file system refuses becomes a sentence; what is our own fault does not', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'syromusic-faults-'))
  try {
    const file = path.join(dir, 'file')
    await writeFile(file, '')
    await expect(inPlace(file, () => writeFile(path.join(file, 'below'), ''))).rejects.toThrow(
      /a part of its path is a file/,
    )
    await expect(inPlace(dir, () => readdir(path.join(dir, 'nowhere')))).rejects.toThrow('ENOENT')
  } finally {
    await rm(dir, { recursive: true })
  }
})
