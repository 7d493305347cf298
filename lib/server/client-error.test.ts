import { once } from 'node:events'
import type { RequestListener, Server } from 'node:http'
import { connect } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createHttpServer, listen } from './http'

/** Requests that node:http cannot parse: the API still answers with a problem document. */

let server: Server
let port: number
const answer: RequestListener = (_request, response) => response.end('here')

beforeEach(async () => {
  server = createHttpServer(answer)
  port = await listen(server, '127.0.0.1', 0)
})

afterEach(() => {
  server.close().closeAllConnections()
})

/** Sends the parts so that the server reads each separately. @returns the response, once the connection is closed. */
async function exchange(
  ...parts: string[]
): Promise<{ status: number; type: string | undefined; id: string; body: string }> {
  const socket = connect(port, '127.0.0.1')
  let received = ''
  socket.setEncoding('latin1').on('data', (text) => {
    received += text
  })
  socket.on('error', () => {})
  const [there] = await once(server, 'connection')
  let sent = 0
  for (const part of parts) {
    while (there.bytesRead < sent) await turn()
    socket.write(Buffer.from(part, 'latin1'))
    sent += part.length
  }
  if (!socket.closed) await once(socket, 'close')
  const [head = '', body = ''] = received.split('\r\n\r\n')
  return {
    status: Number(head.split(' ')[1]),
    type: /^content-type: (.*)$/im.exec(head)?.[1],
    id: /^x-request-id: (.*)$/im.exec(head)?.[1] ?? '',
    body,
  }
}

const HOST = 'Host: localhost\r\n'

for (const [what, sent, status, kind] of [
  ['an unknown method', `FOO /api/v1/albums HTTP/1.1\r\n${HOST}\r\n`, 501, 'not-implemented'],
  ['a method in small letters', `get /api/v1/albums HTTP/1.1\r\n${HOST}\r\n`, 501, 'not-implemented'],
  ['CONNECT', `CONNECT /api/v1/albums HTTP/1.1\r\n${HOST}\r\n`, 501, 'not-implemented'],
  ['an address with non-ASCII bytes', `GET /api/v1/\xff HTTP/1.1\r\n${HOST}\r\n`, 400, 'malformed-request'],
  ['a malformed header', `GET /api/v1/albums HTTP/1.1\r\n${HOST}a b: c\r\n\r\n`, 400, 'malformed-request'],
  [
    'a header that is too large',
    `GET /api HTTP/1.1\r\n${HOST}X: ${'x'.repeat(20_000)}\r\n\r\n`,
    431,
    'header-too-large',
  ],
  [
    'two lengths of a body',
    `POST /api/v1/albums HTTP/1.1\r\n${HOST}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
    400,
    'malformed-request',
  ],
] as const)
  test(`${what} gets a problem document in the API`, async () => {
    const { status: got, type, id, body } = await exchange(sent)
    expect(got).toBe(status)
    expect(id).toMatch(/^[0-9a-f-]{36}$/)
    expect(type).toBe('application/problem+json')
    expect(JSON.parse(body)).toMatchObject({ status, type: `/api/docs/problems#${kind}`, requestId: id })
  })

for (const [what, sent, status] of [
  ['an unknown method', `FOO /albums HTTP/1.1\r\n${HOST}\r\n`, 501],
  ['a TLS handshake', '\x16\x03\x01\x02\x00\x01\xfc\x03\r\n\r\n', 400],
] as const)
  test(`${what} gets an empty response outside the API`, async () => {
    const answered = await exchange(sent)
    expect(answered).toMatchObject({ status, body: '' })
    expect(answered.id).toMatch(/^[0-9a-f-]{36}$/)
  })

test('a header that grows too large in its second part gets a problem document', async () => {
  const { status, type, body } = await exchange(`GET /api HTTP/1.1\r\n${HOST}`, `X: ${'x'.repeat(20_000)}\r\n\r\n`)
  expect(status).toBe(431)
  expect(type).toBe('application/problem+json')
  expect(JSON.parse(body)).toMatchObject({ type: '/api/docs/problems#header-too-large' })
})

test('a request with an unknown Expect or Upgrade header is answered', async () => {
  const wishes = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: \r\nExpect: the unexpected\r\n'
  const socket = connect(port, '127.0.0.1')
  socket.write(`GET / HTTP/1.1\r\n${HOST}${wishes}\r\n`)
  const [received] = await once(socket, 'data')
  expect(String(received)).toMatch(/^HTTP\/1\.1 200 /)
  socket.destroy()
})

test('garbage after a request does not affect its response', async () => {
  let finish = () => {}
  server.removeAllListeners('request').on('request', (_request, response) => {
    response.writeHead(200, { 'content-length': 4 })
    response.write('he')
    finish = () => response.end('re')
  })
  const socket = connect(port, '127.0.0.1')
  let received = ''
  socket.setEncoding('latin1').on('data', (text) => {
    received += text
  })
  socket.on('error', () => {})
  socket.write(`GET / HTTP/1.1\r\n${HOST}\r\n`)
  await once(socket, 'data')
  socket.write('FOO /api HTTP/1.1\r\n\r\n')
  await once(server, 'clientError')
  finish()
  await once(socket, 'close')
  expect(received.match(/HTTP\/1\.1/g)).toHaveLength(1)
})
