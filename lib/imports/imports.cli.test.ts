import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { endOf, syro as runSyro, spawnSyro, spawnSyroIn } from '@/bin/testing'
import { createTestDatabase } from '@/lib/db/testing/database'
import { makeScratch } from '@/lib/db/testing/scratch'
import { emptyCatalogue, exported, importInput, ndjson } from './testing'

/** The commands that import and export: their output, errors and exit codes. */

const { pool, url } = await createTestDatabase()
vi.setConfig({ testTimeout: 120_000 })
beforeEach(() => emptyCatalogue(pool))

const dir = await mkdtemp(path.join(tmpdir(), 'syromusic-imports-'))
afterAll(() => rm(dir, { recursive: true }))
const inDir = (name: string) => path.join(dir, name)

const syro = (...words: string[]) => runSyro(words)

test('imports files together, compressed or not, and prints the result', async () => {
  await writeFile(inDir('a.csv'), 'title,artist,album\nA,X,One\nB,X,One\n')
  await writeFile(inDir('b.csv.gz'), gzipSync('title,artist,album\nC,X,One\n'))
  const { code, out } = await endOf(spawnSyro(url, 'import', 'csv', inDir('a.csv'), inDir('b.csv.gz')))
  expect(out).toMatch(/^3 rows read in .+: 3 created\. New: 1 artist, 1 album, and 3 songs\.\n$/)
  expect(code).toBe(0)
  expect(await syro('stats', '--json')).toEqual({
    code: 0,
    err: '',
    out: '{"artists":1,"albums":1,"songs":3,"genres":0,"playlists":0,"playlistItems":0}\n',
  })
})

test('help describes a subcommand', async () => {
  expect((await syro('help', 'import', 'csv')).out).toContain('--delimiter')
})

test('an invalid row fails the import with one line, exit code 1 and no changes', async () => {
  await writeFile(inDir('bad.csv'), 'title,length\nA,1:00\nB,soon\n')
  expect(await endOf(spawnSyro(url, 'import', 'csv', inDir('bad.csv')))).toEqual({
    code: 1,
    out: '',
    err: `${inDir('bad.csv')}, line 3: length must be a duration such as 3:45, not "soon".\n`,
  })
  expect((await pool.query('SELECT FROM song')).rowCount).toBe(0)
})

test('--skip-invalid loads the other rows and writes the rejected ones next to the file', async () => {
  await writeFile(inDir('some.csv'), 'title,length\nA,1:00\nB,soon\n')
  const { code, out } = await syro('import', 'csv', '--skip-invalid', inDir('some.csv'))
  expect(code).toBe(0)
  expect(out).toMatch(/^2 rows read in .+: 1 created, 1 rejected\. New: 1 song\.\n/)
  expect(out).toContain(
    `Rejected:\n  ${inDir('some.csv')}, line 3: length must be a duration such as 3:45, not "soon"\n`,
  )
  const rejected = await readFile(inDir('some.csv.rejected.ndjson'), 'utf8')
  expect(JSON.parse(rejected)).toEqual({
    file: inDir('some.csv'),
    line: 3,
    field: 'length',
    reason: 'length must be a duration such as 3:45, not "soon"',
    row: { title: 'B', length: 'soon' },
  })
})

test('lists merged rows', async () => {
  await writeFile(inDir('twice.csv'), `title,artist\n${'A,X\n'.repeat(13)}`)
  const { code, out } = await syro('import', 'csv', inDir('twice.csv'))
  expect(code).toBe(0)
  const lines = out.trimEnd().split('\n')
  expect(lines[0]).toMatch(/^13 rows read in .+: 1 created, 12 merged\. New: 1 artist and 1 song\.$/)
  expect(lines.slice(1, 3)).toEqual(['Merged:', `  ${inDir('twice.csv')}, line 3 is the same song as line 2: "A"`])
  expect(lines.at(-1)).toBe('  and 2 more')
  expect((await syro('imports')).out).toContain('13 rows (12 merged)')
})

test('changes nothing if the rejected rows can’t be written', async () => {
  await writeFile(inDir('none.csv'), 'title,length\nA,1:00\nB,soon\n')
  const { code, err } = await syro(
    'import',
    'csv',
    inDir('none.csv'),
    '--skip-invalid',
    '--rejected',
    inDir('no/such/folder'),
  )
  expect(code).toBe(1)
  expect(err).toMatch(/^\/.+\/no\/such\/folder can't be written: ENOENT/m)
  expect((await pool.query('SELECT FROM song')).rowCount).toBe(0)
})

test('an export to standard output is only data', async () => {
  await importInput(ndjson([{ type: 'song', id: 's', title: 'Song' }]))
  expect(await syro('export', 'ndjson')).toEqual({ code: 0, err: '', out: await exported() })
  await syro('export', 'ndjson', '--output', inDir('out.ndjson'))
  expect(await readFile(inDir('out.ndjson'), 'utf8')).toBe(await exported())
})

test('an export ends silently when its reader stops', async () => {
  const songs = Array.from({ length: 3_000 }, (_, index) => ({
    type: 'song',
    id: index,
    title: `Song ${index} `.repeat(50),
  }))
  await importInput(ndjson(songs))
  const child = spawnSyro(url, 'export', 'ndjson')
  const err = child.stderr ? text(child.stderr) : ''
  if (child.stdout) {
    await once(child.stdout, 'data')
    child.stdout.destroy()
  }
  await once(child, 'exit')
  expect(await err).toBe('')
})

test('lists the imports, newest first', async () => {
  expect((await syro('imports')).out).toBe('No imports yet.\n')
  await importInput(ndjson([{ type: 'song', id: 's', title: 'Song' }]))
  await syro('import', 'csv', inDir('nothing.csv'))
  await writeFile(inDir('bad.csv'), 'foo\n1\n')
  await syro('import', 'csv', inDir('bad.csv'))
  const runs: unknown = JSON.parse((await syro('imports', '--json')).out)
  expect(runs).toMatchObject([
    {
      format: 'csv',
      status: 'failed',
      files: [inDir('bad.csv')],
      error: expect.stringContaining('no column is the title'),
    },
    {
      format: 'test',
      status: 'succeeded',
      source: 'test',
      rowsRead: 1,
      rowsCreated: 1,
      rowsMerged: 0,
      result: { songs: { created: 1, updated: 0 } },
    },
  ])
  const lines = (await syro('imports')).out.split('\n')
  expect(lines[1]).toMatch(/succeeded {4}test {2}test {2}1 row {2}New: 1 song\.$/)
})

test('a rebuild corrects figures, prints the tables, and then has nothing to do', async () => {
  await importInput(
    ndjson([
      { type: 'artist', id: 'a', name: 'The A' },
      { type: 'song', id: 's', title: 'Song', credits: [{ artist: 'a' }, { artist: 'a', role: 'composer' }] },
      { type: 'album', id: 'l', title: 'Album', credits: [{ artist: 'a' }], discs: [{ tracks: [{ song: 's' }] }] },
    ]),
  )
  const before = await exported()
  // A rebuild changes the dates of corrected rows.
  const figures = `
    SELECT to_jsonb(song) - 'updated_at' AS song, to_jsonb(album) - 'updated_at' AS album,
      to_jsonb(artist) - 'updated_at' AS artist
    FROM song, album, artist`
  const right = await pool.query(figures)
  await pool.query(`UPDATE song SET credit = '?', sort_key = '?', popularity = 9; UPDATE artist SET song_count = 7;
    UPDATE album SET track_count = 9; DELETE FROM artist_album; DELETE FROM contribution; UPDATE catalogue SET song_count = 4`)
  const { out } = await syro('rebuild')
  expect(out.trimEnd().split('\n').sort()).toEqual(
    ['album', 'artist', 'artist_album', 'catalogue', 'contribution', 'song'].map((table) =>
      expect.stringContaining(`${table}: `),
    ),
  )
  expect((await pool.query(figures)).rows).toEqual(right.rows)
  expect((await syro('rebuild')).out).toBe('All figures were right; nothing has changed.\n')
  expect(await exported()).toBe(before)
})

test.each([
  [['import', 'csv', '/no/such/file'], "/no/such/file can't be read: there is no such file.\n"],
  [['import', 'csv', '/'], "/ can't be read: it is a directory.\n"],
  [['import', 'csv', '--map', 'title', 'x'], /It must be field=column\./],
  [['import', 'synthetic', '--songs', 'many'], /It must be a whole number from 0 to 2147483647\./],
  [['import', 'synthetic', '--songs', '99999999999'], /It must be a whole number/],
  [['import', 'mp3', 'x'], /unknown command 'mp3'/],
  [
    ['export', 'ndjson', '--allow-empty', '--output', '/no/such/folder/x'],
    /^\/no\/such\/folder\/x can't be written: ENOENT: .+\n$/,
  ],
])('syro %s', async (words, message) => {
  const { code, out, err } = await syro(...words)
  expect(code).toBe(1)
  expect(out).toBe('')
  if (typeof message === 'string') expect(err).toBe(message)
  else expect(err).toMatch(message)
})

test('help lists every command', async () => {
  const { out } = await syro('help')
  for (const command of ['import', 'export', 'imports', 'stats', 'rebuild', 'account'])
    expect(out).toContain(`\n  ${command} `)
  const { out: formats } = await syro('help', 'import')
  for (const format of ['chinook', 'ndjson', 'csv', 'synthetic']) expect(formats).toContain(`\n  ${format} `)
})

test('an export of an empty catalogue is an error that keeps the old file, unless allowed', async () => {
  const file = inDir('backup.ndjson')
  await writeFile(file, 'the last backup')
  expect(await syro('export', 'ndjson', '--output', file)).toEqual({
    code: 1,
    out: '',
    err: 'The catalogue is empty. Use --allow-empty to export it anyway.\n',
  })
  expect(await readFile(file, 'utf8')).toBe('the last backup')
  expect(await syro('export', 'ndjson', '--allow-empty')).toEqual({ code: 0, err: '', out: await exported() })
})

test('a data directory without a database is an error, except for an import, which creates one and says so', async () => {
  const dataDir = await makeScratch('data-dir')
  try {
    const run = (...words: string[]) => endOf(spawnSyroIn(dataDir, ...words))
    for (const words of [['export', 'ndjson', '--allow-empty'], ['stats']])
      expect(await run(...words), words.join(' ')).toEqual({
        code: 1,
        out: '',
        err: `There is no database in ${dataDir}. Set SYRO_DATA_DIR to the directory of your site, or DATABASE_URL.\n`,
      })
    expect(await readdir(dataDir)).toEqual([])
    await writeFile(inDir('first.csv'), 'title\nA\n')
    const imported = await run('import', 'csv', inDir('first.csv'))
    expect(imported).toMatchObject({ code: 0, err: expect.stringContaining(`Created a database in ${dataDir}.\n`) })
    const exportedFirst = await run('export', 'ndjson')
    expect(exportedFirst).toMatchObject({ code: 0, err: '', out: expect.stringContaining('"title":"A"') })
  } finally {
    await rm(dataDir, { recursive: true })
  }
})
