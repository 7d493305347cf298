import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build, isBuilt } from './build'
import { clusterIn, isRunningIn, makeDataDir, postmasterIn, removeDataDir, root, Site } from './testing'

/**
 * Starts and stops of a site. Every start costs seconds, so tests use the running site where they can; each starts one if
 * there is none.
 */

const STOPS_WITHIN_MS = 5_000

let dataDir: string
/** All started sites. */
const sites: Site[] = []
/** The site that runs, if one does. */
let site: Site | undefined

const start = (environment?: Record<string, string>, by?: 'npm') => {
  const started = Site.start(dataDir, environment, by)
  sites.push(started)
  return started
}

/** The running site, or a new one. */
async function running(): Promise<{ site: Site; address: string; pid: number }> {
  site ??= start()
  return { site, address: await site.address(), pid: (await postmasterIn(dataDir)).pid }
}

/** Stops the running site. */
async function stop(signal?: NodeJS.Signals): Promise<{ code: number | null; ms: number }> {
  const stopping = site
  site = undefined
  return (await stopping?.stop(signal)) ?? { code: 0, ms: 0 }
}

/** The status of a page that needs the database. */
const statusOf = async (address: string) => (await fetch(`${address}/artists`)).status

/** Expects a site to exit by itself, with a sentence and without a stack. */
async function refused(site: Site, sentence: RegExp): Promise<void> {
  expect(await site.exit()).toBe(1)
  expect(site.output).toMatch(sentence)
  expect(site.output).not.toMatch(/^\s+at /m)
}

const readPassword = async () => (await readFile(path.join(clusterIn(dataDir), 'syromusic.password'), 'utf8')).trim()

beforeAll(async () => {
  if (!(await isBuilt(root))) await build(root, new AbortController().signal)
  dataDir = await makeDataDir()
})

afterAll(async () => {
  for (const each of sites) await each.stop()
  await removeDataDir(dataDir)
})

test('a site starts twice in a row on the same data', async () => {
  const first = await running()
  expect(await statusOf(first.address)).toBe(200)
  expect((await stop()).code).toBe(0)
  const password = await readPassword()
  expect(first.site.output).not.toContain(password)
  const again = await running()
  expect(await statusOf(again.address)).toBe(200)
  expect(await readPassword()).toBe(password)
  expect(again.site.output).not.toContain(password)
})

test('a start fails with a sentence if the site is already running, with its address, and leaves it running', async () => {
  const { address } = await running()
  await refused(start(), new RegExp(`already running at ${address}\\. Stop it first`))
  expect(await statusOf(address)).toBe(200)
})

describe('with DATABASE_URL', () => {
  test('the site uses that PostgreSQL and starts no other', async () => {
    await running()
    const { port } = await postmasterIn(dataDir)
    const password = await readPassword()
    const at = (secret: string, database: string) => `postgresql://syromusic:${secret}@127.0.0.1:${port}/${database}`
    const SYRO_DATA_DIR = path.join(dataDir, 'unused')

    const other = start({ DATABASE_URL: at(password, 'postgres'), SYRO_DATA_DIR })
    expect(await statusOf(await other.address())).toBe(200)
    expect((await other.stop()).code).toBe(0)
    expect(await readdir(dataDir)).not.toContain('unused')
    expect(other.output).not.toContain(password)

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
      const refusing = start({ DATABASE_URL: url })
      await refused(refusing, sentence)
      expect(refusing.output).not.toContain('secret')
    })
})

test('after kill -9 of both the site and PostgreSQL, the next start recovers', async () => {
  const { pid } = await running()
  process.kill(pid, 'SIGKILL')
  await stop('SIGKILL')

  expect(await statusOf((await running()).address)).toBe(200)
})

describe('a site that takes over the PostgreSQL of a killed one', () => {
  test('starts', async () => {
    const { pid } = await running()
    await stop('SIGKILL')
    expect(await isRunningIn(dataDir, pid)).toBe(true)

    const next = await running()
    expect(await statusOf(next.address)).toBe(200)
    expect(next.pid).toBe(pid)
  })

  test('stops it too on SIGTERM, cleanly and in time', async () => {
    const { pid } = await running()
    expect(await isRunningIn(dataDir, pid)).toBe(true)
    const { code, ms } = await stop('SIGTERM')
    expect(code).toBe(0)
    expect(ms).toBeLessThan(STOPS_WITHIN_MS)
    expect(await isRunningIn(dataDir, pid)).toBe(false)
  })
})

describe('a site whose PostgreSQL is killed', () => {
  test('starts it again at the same address and continues', async () => {
    const { site, address } = await running()
    expect(await statusOf(address)).toBe(200)
    const before = await postmasterIn(dataDir)
    process.kill(before.pid, 'SIGKILL')

    await site.says(/PostgreSQL is back/)
    expect(await statusOf(address)).toBe(200)
    const after = await postmasterIn(dataDir)
    expect(after.port).toBe(before.port)
    expect(after.pid).not.toBe(before.pid)
  })

  test('stops on SIGINT, cleanly and in time, despite a request that never ends', async () => {
    const { address, pid } = await running()
    const { hostname, port } = new URL(address)
    const slow = connect(Number(port), hostname)
    await once(slow, 'connect')
    slow.on('error', () => {}).write('GET / HTTP/1.1\r\nHost: localhost\r\n')
    const { code, ms } = await stop('SIGINT')
    expect(code).toBe(0)
    expect(ms).toBeLessThan(STOPS_WITHIN_MS)
    expect(await isRunningIn(dataDir, pid)).toBe(false)
  })
})

test('SIGTERM to npm alone, as service managers send it, stops the site and its PostgreSQL', async () => {
  site = start({}, 'npm')
  const { pid } = await running()
  expect((await stop()).ms).toBeLessThan(STOPS_WITHIN_MS)
  expect(await isRunningIn(dataDir, pid)).toBe(false)
})

test('a start fails with a sentence if the port is taken, with the port and the variable, and leaves nothing running', async () => {
  await stop()
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await refused(start({ PORT: String(port) }), new RegExp(`Port ${port} is taken .* PORT=`))
  await expect(postmasterIn(dataDir)).rejects.toThrow('ENOENT')
  other.close()
})
