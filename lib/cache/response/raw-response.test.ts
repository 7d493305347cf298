import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { sendWire, wireOf } from './raw-response'

/** Raw responses bypass node:http, so they must equal its own responses byte for byte. */

const servers: ReturnType<typeof createServer>[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

const headers = ['content-type', 'text/html', 'x-name', 'Sigur Rós'.normalize('NFC'), 'content-length', '4']
const body = Buffer.from([0, 0xff, 0x0a, 0x0d])

/** Too large for the buffers of a connection, so that the write has to wait. */
const LARGE = Buffer.alloc(16 * 1024 * 1024, 'large')
const largeHeaders = ['content-length', String(LARGE.length)]

/** A server with raw responses at `/wire` and `/large`, and responses of node:http elsewhere. */
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

/** Everything received on one connection for pipelined requests, until it is closed. */
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

test('a raw response equals that of node:http byte for byte', async () => {
  const port = await serve()
  const [ours, theirs] = [await exchange(port, '/wire', '/end'), await exchange(port, '/other', '/end')]
  expect(ours).toBe(theirs)
  expect(ours.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2)
})

test('a connection carries many pipelined responses in order', async () => {
  const port = await serve()
  const all = await exchange(port, ...Array<string>(20).fill('/wire'), '/other', '/wire', '/end')
  expect(all.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(23)
  expect(all.split(body.toString('latin1'))).toHaveLength(24)
})

test('a response that has to wait is written completely and in order', async () => {
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
