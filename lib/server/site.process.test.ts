import { once } from 'node:events'
import { mkdir, readdir, readFile, rename, utimes, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { build, isBuilt } from './build'
import {
  clusterIn,
  copyDataDir,
  isRunningIn,
  lockFileIn,
  makeDataDir,
  postmasterIn,
  removeDataDir,
  root,
  Site,
} from './testing'

const STOPS_WITHIN_MS = 5_000

/** The data directory of a site after its first start and a clean stop; most tests begin with a copy. */
let made: string
let dataDir: string
let sites: Site[]

const start = (environment?: Record<string, string>, by?: 'npm') => {
  const site = Site.start(dataDir, environment, by)
  sites.push(site)
  return site
}

/** The status of a page that needs the database. */
const statusOf = async (address: string) => (await fetch(`${address}/artists`)).status

/** Expects a site to exit by itself, with a sentence and without a stack. */
async function refused(site: Site, sentence: RegExp): Promise<void> {
  expect(await site.exit()).toBe(1)
  expect(site.output).toMatch(sentence)
  expect(site.output).not.toMatch(/^\s+at /m)
}

const passwordIn = async (dir: string) =>
  (await readFile(path.join(clusterIn(dir), 'syromusic.password'), 'utf8')).trim()

/** Prepares a first start. */
async function beginEmpty(): Promise<void> {
  await removeDataDir(dataDir)
  dataDir = await makeDataDir()
}

beforeAll(async () => {
  if (!(await isBuilt(root))) await build(root, new AbortController().signal)
  made = await makeDataDir()
  const site = Site.start(made)
  await site.address()
  expect((await site.stop()).code).toBe(0)
})
afterAll(() => removeDataDir(made))

beforeEach(async () => {
  dataDir = await copyDataDir(made)
  sites = []
})

afterEach(async () => {
  for (const site of sites) await site.stop()
  await removeDataDir(dataDir)
})

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  test(`${signal} stops the site and its PostgreSQL cleanly and in time`, async () => {
    const site = start()
    expect(await statusOf(await site.address())).toBe(200)
    const { pid } = await postmasterIn(dataDir)
    expect(await isRunningIn(dataDir, pid)).toBe(true)

    const { code, ms } = await site.stop(signal)
    expect(code).toBe(0)
    expect(ms).toBeLessThan(STOPS_WITHIN_MS)
    expect(await isRunningIn(dataDir, pid)).toBe(false)
  })

test('SIGTERM to npm alone, as service managers send it, stops the site and its PostgreSQL', async () => {
  const site = start({}, 'npm')
  await site.address()
  const { pid } = await postmasterIn(dataDir)
  expect((await site.stop()).ms).toBeLessThan(STOPS_WITHIN_MS)
  expect(await isRunningIn(dataDir, pid)).toBe(false)
})

test('a request that never ends does not prevent a stop', async () => {
  const site = start()
  const { hostname, port } = new URL(await site.address())
  const slow = connect(Number(port), hostname)
  await once(slow, 'connect')
  slow.on('error', () => {}).write('GET / HTTP/1.1\r\nHost: localhost\r\n')
  const { code, ms } = await site.stop()
  expect(code).toBe(0)
  expect(ms).toBeLessThan(STOPS_WITHIN_MS)
})

test('a site starts twice in a row on the same data', async () => {
  await beginEmpty()
  const first = start()
  expect(await statusOf(await first.address())).toBe(200)
  expect((await first.stop()).code).toBe(0)
  const password = await passwordIn(dataDir)
  expect(first.output).not.toContain(password)
  const again = start()
  expect(await statusOf(await again.address())).toBe(200)
  expect(await passwordIn(dataDir)).toBe(password)
  expect(again.output).not.toContain(password)
})

describe('after kill -9', () => {
  test('of the site, the next start takes over the remaining PostgreSQL', async () => {
    const site = start()
    await site.address()
    const { pid } = await postmasterIn(dataDir)
    await site.stop('SIGKILL')
    expect(await isRunningIn(dataDir, pid)).toBe(true)

    const next = start()
    expect(await statusOf(await next.address())).toBe(200)
    expect((await postmasterIn(dataDir)).pid).toBe(pid)
    expect((await next.stop()).code).toBe(0)
    expect(await isRunningIn(dataDir, pid)).toBe(false)
  })

  test('of PostgreSQL, the site starts it again at the same address and continues', async () => {
    const site = start()
    const address = await site.address()
    expect(await statusOf(address)).toBe(200)
    const before = await postmasterIn(dataDir)
    process.kill(before.pid, 'SIGKILL')

    await site.says(/PostgreSQL is back/)
    expect(await statusOf(address)).toBe(200)
    const after = await postmasterIn(dataDir)
    expect(after.port).toBe(before.port)
    expect(after.pid).not.toBe(before.pid)
    expect((await site.stop()).code).toBe(0)
    expect(await isRunningIn(dataDir, after.pid)).toBe(false)
  })

  test('of both, the next start recovers', async () => {
    const site = start()
    await site.address()
    const { pid } = await postmasterIn(dataDir)
    process.kill(pid, 'SIGKILL')
    await site.stop('SIGKILL')

    const next = start()
    expect(await statusOf(await next.address())).toBe(200)
    expect((await next.stop()).code).toBe(0)
  })
})

describe('a start succeeds', () => {
  const rest = () => `${clusterIn(dataDir)}\n1\n5432\n\n127.0.0.1\n0 0\nready\n`
  for (const [what, text] of [
    ['names an ended process', () => `999999999\n${rest()}`],
    ['names another running process', () => `${process.ppid}\n${rest()}`],
    ['is empty', () => ''],
  ] as const)
    test(`despite a lock file that ${what}`, async () => {
      await writeFile(lockFileIn(dataDir), text())
      const longAgo = 1
      await utimes(lockFileIn(dataDir), longAgo, longAgo)
      expect(await statusOf(await start().address())).toBe(200)
    })

  test('despite an incomplete data directory', async () => {
    await beginEmpty()
    const home = path.dirname(clusterIn(dataDir))
    const draft = path.join(home, 'data.new-999999999')
    await mkdir(draft, { recursive: true })
    await writeFile(path.join(draft, 'PG_VERSION'), '18\n')
    expect(await statusOf(await start().address())).toBe(200)
    expect((await readdir(home)).filter((name) => name.includes('.new-'))).toEqual([])
  })
})

describe('a start fails with a sentence', () => {
  test('if the site is already running, with its address, and leaves it running', async () => {
    const address = await start().address()
    await refused(start(), new RegExp(`already running at ${address}\\. Stop it first`))
    expect(await statusOf(address)).toBe(200)
  })

  test('if the port is taken, with the port and the variable, and leaves nothing running', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    await refused(start({ PORT: String(port) }), new RegExp(`Port ${port} is taken .* PORT=`))
    await expect(postmasterIn(dataDir)).rejects.toThrow('ENOENT')
    other.close()
  })

  test('if the data is of another PostgreSQL version', async () => {
    await writeFile(path.join(clusterIn(dataDir), 'PG_VERSION'), '13\n')
    await refused(start(), /is of PostgreSQL 13, and this SyroMusic comes with PostgreSQL \d+/)
  })

  test('if PostgreSQL does not start, with its own message', async () => {
    const control = path.join(clusterIn(dataDir), 'global/pg_control')
    await rename(control, `${control}.lost`)
    await refused(start(), /PostgreSQL could not start in \S+: postgres: could not find the database system/)
  })

  test('if the data directory is a file', async () => {
    const file = path.join(dataDir, 'file')
    await writeFile(file, '')
    await refused(start({ SYRO_DATA_DIR: file }), /there is a file of that name/)
  })
})

describe('with DATABASE_URL', () => {
  test('the site uses that PostgreSQL and starts no other', async () => {
    await start().address()
    const { port } = await postmasterIn(dataDir)
    const password = await passwordIn(dataDir)
    const at = (secret: string, database: string) => `postgresql://syromusic:${secret}@127.0.0.1:${port}/${database}`
    const SYRO_DATA_DIR = path.join(dataDir, 'unused')

    const site = start({ DATABASE_URL: at(password, 'postgres'), SYRO_DATA_DIR })
    expect(await statusOf(await site.address())).toBe(200)
    expect((await site.stop()).code).toBe(0)
    expect(await readdir(dataDir)).not.toContain('unused')
    expect(site.output).not.toContain(password)

    await refused(start({ DATABASE_URL: at('wrong', 'postgres') }), /Wrong user or password for .*postgres/)
    await refused(
      start({ DATABASE_URL: at(password, 'music') }),
      /The database does not exist: 127\.0\.0\.1:\d+\/music/,
    )
  })

  for (const [url, sentence] of [
    ['postgresql://me:secret@127.0.0.1:1/music', /DATABASE_URL: No server answers at 127\.0\.0\.1:1\/music/],
    ['mysql://me:secret@localhost/music', /DATABASE_URL: must be a postgresql:\/\/ address/],
  ] as const)
    test(`${url} fails the start with a sentence that hides the password`, async () => {
      const site = start({ DATABASE_URL: url })
      await refused(site, sentence)
      expect(site.output).not.toContain('secret')
    })
})
