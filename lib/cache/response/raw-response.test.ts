import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { sendWire, wireOf } from './raw-response'

/** What node:http itself sends and reads, byte for byte: this goes around it. */

const servers: ReturnType<typeof createServer>[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

const headers = ['content-type', 'text/html', 'x-name', 'Sigur Rós'.normalize('NFC'), 'content-length', '4']
const body = Buffer.from([0, 0xff, 0x0a, 0x0d])

/** Too much for the buffers of a connection, so that it has to wait until it can be written. */
const LARGE = Buffer.alloc(16 * 1024 * 1024, 'large')
const largeHeaders = ['content-length', String(LARGE.length)]

/** A server that answers `/wire` and `/large` with what we make and all else with what node:http makes of the first. */
async function serve(): Promise<number> {
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    if (request.url === '/wire') sendWire(response, 200, wireOf(200, headers, body, Date.now(), 65_000))
    else if (request.url === '/large') sendWire(response, 200, wireOf(200, largeHeaders, LARGE, Date.now(), 65_000))
    else response.writeHead(200, headers).end(body)
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** All that comes back on one connection for requests that are sent at once, until it is closed. */
async function exchange(port: number, ...paths: string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let received = ''
  socket.setEncoding('latin1').on('data', (text) => {
    received += text
  })
  const requests = paths.map((path, index) => {
    const last = index === paths.length - 1
    return `GET ${path} HTTP/1.1\r\nHost: here\r\n${last ? 'Connection: close\r\n' : ''}\r\n`
  })
  socket.write(requests.join(''))
  await once(socket, 'close')
  return received.replace(/Date: .*? GMT/g, 'Date: now')
}

test('it is what node:http sends, byte for byte', async () => {
  const port = await serve()
  const [ours, theirs] = [await exchange(port, '/wire', '/end'), await exchange(port, '/other', '/end')]
  expect(ours).toBe(theirs)
  expect(ours.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2)
})

test('a connection carries many, one after the other and sent at once', async () => {
  const port = await serve()
  const all = await exchange(port, ...Array<string>(20).fill('/wire'), '/other', '/wire', '/end')
  expect(all.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(23)
  expect(all.split(body.toString('latin1'))).toHaveLength(24)
})

test('what can’t be written at once is written in the end, and in its turn', async () => {
  const port = await serve()
  const all = await exchange(port, '/large', '/wire', '/large', '/end')
  expect(all.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(4)
  const bodies = all.split(/HTTP\/1\.1 200 OK[\s\S]*?\r\n\r\n/).slice(1)
  const large = LARGE.toString('latin1')
  expect(bodies.map((each) => (each === large ? 'large' : each))).toEqual([
    'large',
    body.toString('latin1'),
    'large',
    body.toString('latin1'),
  ])
})
