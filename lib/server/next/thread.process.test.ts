import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EmbeddedDatabase, openEmbedded } from '@/lib/db/embedded/embedded'
import { silentSteps } from '@/lib/observability/steps'
import { build, isBuilt } from '@/lib/server/build'
import { makeDataDir, removeDataDir, root, Site } from '@/lib/server/testing'
import { type ReadResponse, readResponses } from './testing'

/** A site whose rendering thread ends while clients wait, as it does when it runs out of memory. */

let dataDir: string
let server: EmbeddedDatabase
let admin: pg.Client
const sites: Site[] = []
const clients: Socket[] = []

beforeAll(async () => {
  if (!(await isBuilt(root))) await build(root, new AbortController().signal)
  dataDir = await makeDataDir()
  server = await openEmbedded(dataDir, silentSteps, (error) => console.error(error))
  admin = new pg.Client({ connectionString: server.url })
  await admin.connect()
})

afterAll(async () => {
  for (const client of clients) client.destroy()
  for (const site of sites) await site.stop()
  await admin?.end()
  await server?.stop(AbortSignal.abort())
  if (dataDir) await removeDataDir(dataDir)
})

/** Makes SIGUSR2 end the first thread of the site. Threads of Node.js itself have another class. */
const ENDING = `import { Worker } from 'node:worker_threads'
  let first
  process.on('worker', (worker) => {
    if (worker.constructor === Worker) first ??= worker
  })
  process.on('SIGUSR2', () => first.terminate())`

const start = (environment: Record<string, string> = {}): Site => {
  const site = Site.start(dataDir, { DATABASE_URL: server.url, ...environment })
  sites.push(site)
  return site
}

/** Enough artists for a stream to exceed the buffers of its sockets. */
const ARTISTS = 30_000
/** Connections that pipeline many requests. */
const PIPELINES = 4
const PIPELINED = 40

test('each client gets its own response, a 503 or a closed connection; the process exits, and the next start works', async () => {
  const site = start({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(ENDING)}` })
  const { hostname, port } = new URL(await site.address())
  await admin.query(
    `INSERT INTO artist (name, sort_name, sort_key)
     SELECT 'Artist ' || repeat('x', 400), 'x', n::text FROM generate_series(1, ${ARTISTS}) AS n`,
  )
  const ask = async (paths: string[], accept = '*/*'): Promise<Socket> => {
    const client = connect(Number(port), hostname)
    clients.push(client)
    await once(client, 'connect')
    client.on('error', () => {})
    client.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAccept: ${accept}\r\n\r\n`).join(''))
    return client
  }

  const stream = await ask(['/api/v1/artists'], 'application/x-ndjson')
  await once(stream, 'readable')
  await admin.query('BEGIN; LOCK TABLE search_document')
  const waiting = await Promise.all(
    ['/search?q=one', '/search?q=two', '/api/v1/search?q=three'].map((path) => ask([path])),
  )

  // An address without the artist's name redirects to the one with it, which identifies the response.
  const pipelines = await Promise.all(
    Array.from({ length: PIPELINES }, async (_, at) => {
      const ids = Array.from({ length: PIPELINED }, (_, n) => 1 + at * PIPELINED + n)
      const client = await ask(ids.map((id) => `/artists/${id}`))
      return { ids, responses: readResponses(client, []) }
    }),
  )
  const firsts = await Promise.all(pipelines.map(({ responses }) => responses.next()))
  process.kill(site.pid, 'SIGUSR2')

  for (const [at, { ids, responses }] of pipelines.entries()) {
    const received: ReadResponse[] = firsts[at]?.value ? [firsts[at].value] : []
    for await (const response of responses) received.push(response)
    for (const [index, { status, headers, isWhole }] of received.entries()) {
      expect(isWhole).toBe(true)
      if (status !== 503) expect(headers.location).toBe(`/artists/artist-${ids[index]}`)
    }
    expect(received[0]?.status).toBe(308)
  }
  for (const client of waiting) {
    const { value } = await readResponses(client, []).next()
    expect(value).toMatchObject({ status: 503, isWhole: true })
  }
  const streamed = await text(stream)
  expect(streamed).toMatch(/^HTTP\/1\.1 200 /)
  expect(streamed.endsWith('\r\n0\r\n\r\n')).toBe(false)

  expect(await site.exit()).toBe(1)
  expect(site.output).toContain('The thread that renders pages has ended')
  await admin.query('ROLLBACK')
  const next = start()
  expect((await fetch(`${await next.address()}/artists`)).status).toBe(200)
})
