import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build, isBuilt } from '@/lib/server/build'
import { makeDataDir, removeDataDir, root, Site } from '@/lib/server/testing'

/** `syro warm` against a real site. */

let dataDir: string
let site: Site
let address: string
const servers: Server[] = []

/** Runs the command line. @returns its output and its exit code. */
async function syro(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bin/syro.ts', ...args], {
    cwd: root,
    env: { NODE_ENV: 'production', PATH: process.env.PATH, SYRO_DATA_DIR: dataDir },
  })
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const [code] = await once(child, 'close')
  return { code, out, err }
}

/** Starts a server other than SyroMusic. @returns its address. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  const bound = server.address()
  return `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`
}

beforeAll(async () => {
  if (!(await isBuilt(root))) await build(root, new AbortController().signal)
  dataDir = await makeDataDir()
  site = Site.start(dataDir)
  address = await site.address()
  expect((await syro('import', 'synthetic', '--songs', '100')).code).toBe(0)
})

afterAll(async () => {
  for (const server of servers) server.close().closeAllConnections()
  await site?.stop()
  if (dataDir) await removeDataDir(dataDir)
})

test('warming renders the most popular pages once, in every coding', async () => {
  const first = await syro('warm', '--url', address, '--pages', '80')
  expect(first).toMatchObject({ code: 0, err: '' })
  expect(first.out).toMatch(/^80 pages rendered, 0 already cached, 0 failed, in /)

  const home = await (await fetch(address)).text()
  const [, artist] = /href="(\/artists\/[^"?]+)"/.exec(home) ?? []
  for (const page of ['/', '/artists', '/albums?sort=longest', '/playlists?sort=popular', '/songs?page=2', artist])
    for (const coding of ['br', 'gzip']) {
      const response = await fetch(address + page, { headers: { 'accept-encoding': coding } })
      expect(response.headers.get('cache-status'), page).toContain('; hit;')
      expect(response.headers.get('content-encoding')).toBe(coding)
    }

  const second = await syro('warm', '--url', address, '--pages', '90')
  expect(second.out).toMatch(/^10 pages rendered, 80 already cached, 0 failed, in /)
})

test('warming ends with the last page of the catalogue', async () => {
  const { out, code } = await syro('warm', '--url', address, '--pages', '99999')
  expect(code).toBe(0)
  const [, rendered = 0, present = 0] = /^([\d,]+) pages rendered, ([\d,]+) already cached/.exec(out) ?? []
  // Every song has a page, and there are other pages too.
  expect(Number(rendered) + Number(present)).toBeGreaterThan(100)
})

test('a failed page is reported with address and status, and fails the command', async () => {
  const elsewhere = await serve((request, response) => {
    response.writeHead(request.url === '/albums' ? 500 : 200).end()
  })
  const { code, out, err } = await syro('warm', '--url', elsewhere, '--pages', '15')
  expect(code).toBe(1)
  expect(out).toMatch(/^14 pages rendered, 0 already cached, 1 failed, in /)
  expect(err).toContain('/albums: the response is 500\n')
})

test('an address that redirects or does not answer is reported', async () => {
  const moved = await serve((_, response) => response.writeHead(301, { location: 'https://music.example/' }).end())
  expect(await syro('warm', '--url', moved)).toMatchObject({
    code: 1,
    out: '',
    err: `${moved} can't be warmed: the response is 301, to https://music.example/.\n`,
  })
  const closed = await serve(() => {})
  servers.pop()?.close()
  expect(await syro('warm', '--url', closed)).toMatchObject({
    code: 1,
    err: `${closed} can't be warmed: connection refused.\n`,
  })
})
