import { rm, stat } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeScratch } from '@/lib/db/testing/scratch'
import { createSteps } from '@/lib/observability/steps'
import { type EmbeddedDatabase, openEmbedded } from './embedded'
import { findPostmaster } from './postmaster'

/** Several processes share one embedded server, as the site and the commands do. */

let dataDir: string
let output: string
let onOutput: () => void
let open: EmbeddedDatabase[]

const never = new AbortController().signal
const steps = createSteps((text) => {
  output += text
  onOutput()
})

async function enter(): Promise<EmbeddedDatabase> {
  const database = await openEmbedded(dataDir, steps, (error) => {
    throw error
  })
  open.push(database)
  return database
}

async function query(url: string, statement: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(statement).finally(() => client.end())
  return rows[0]
}

const running = () => findPostmaster(path.join(dataDir, 'postgres/data'))

beforeEach(async () => {
  dataDir = await makeScratch('embedded')
  output = ''
  onOutput = () => {}
  open = []
})

afterEach(async () => {
  for (const database of open) await database.stop(AbortSignal.abort())
  await rm(dataDir, { recursive: true, force: true })
})

test('the first process starts the server, and the last one stops it', async () => {
  const first = await enter()
  const second = await enter()
  expect(second.url).toBe(first.url)
  await first.stop(never)
  expect(await query(second.url, 'SELECT 1 AS one')).toEqual({ one: 1 })
  await second.stop(never)
  expect(await running()).toBeUndefined()
  open = []
})

test('only one site at a time can use the database', async () => {
  const site = await enter()
  const other = await enter()
  expect(await site.claimSite()).toBeUndefined()
  expect(await other.claimSite()).toBe('')
  await site.announce('http://localhost:3000')
  expect(await other.claimSite()).toBe('http://localhost:3000')
  await site.stop(never)
  expect(await other.claimSite()).toBeUndefined()
})

test('listens on the loopback address, requires a private password, and commits durably', async () => {
  const { url } = await enter()
  expect(
    await query(
      url,
      "SELECT current_setting('listen_addresses') AS hosts, current_setting('unix_socket_directories') AS sockets",
    ),
  ).toEqual({
    hosts: '127.0.0.1',
    sockets: '',
  })
  expect(
    await query(
      url,
      "SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit, current_setting('full_page_writes') AS pages",
    ),
  ).toEqual({
    fsync: 'on',
    commit: 'on',
    pages: 'on',
  })
  const wrong = new URL(url)
  wrong.password = 'wrong'
  await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
  const home = path.join(dataDir, 'postgres')
  expect((await stat(home)).mode & 0o077).toBe(0)
  expect((await stat(path.join(home, 'data/syromusic.password'))).mode & 0o077).toBe(0)
})

test('reconnects to a server that terminated all sessions', async () => {
  const { url } = await enter()
  const back = new Promise<void>((resolve) => {
    onOutput = () => output.includes('PostgreSQL is back') && resolve()
  })
  await query(
    url,
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL',
  )
  await back
  expect(await query(url, 'SELECT 1 AS one')).toEqual({ one: 1 })
})
