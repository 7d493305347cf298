import { once } from 'node:events'
import { type IncomingMessage, type RequestListener, request, type Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { limitBody, MAX_FORM_BYTES, MAX_PICTURE_BYTES, tooLargeSentence } from '@/lib/http/body-limit'
import { close, createHttpServer, listen } from './http'

/** Clients that are slow or send too much are disconnected or refused, without effect on others. */

const SHORT = { header: 200, request: 400, idle: 65_000, check: 20 }
const LONG = { header: 60_000, request: 60_000, idle: 65_000, check: 20 }
const MIB = 1024 * 1024
const TOO_LARGE = tooLargeSentence(MAX_FORM_BYTES)

let server: Server
let port: number
const sockets: Socket[] = []

/** Requests that passed the limit, however they ended. */
let proceeded = 0

const answer: RequestListener = (incoming, response) => {
  const proceed = async () => {
    proceeded += 1
    response.end(`${(await text(incoming).catch(() => '')).length} bytes`)
  }
  // Refuses asynchronously, as the API does after it has identified the caller.
  const maxBytes = incoming.method === 'PUT' ? MAX_PICTURE_BYTES : MAX_FORM_BYTES
  const refuse = () => setImmediate(() => response.writeHead(413, { connection: 'close' }).end(TOO_LARGE))
  limitBody(incoming, maxBytes, proceed, refuse)
}

async function serve(listener: RequestListener = answer, patience = LONG): Promise<void> {
  proceeded = 0
  server = createHttpServer(listener, patience)
  port = await listen(server, '127.0.0.1', 0)
}

/** Opens a connection. @returns it, and everything received on it until it ends. */
async function open(): Promise<{ socket: Socket; answered: Promise<string> }> {
  const socket = connect(port, '127.0.0.1')
  sockets.push(socket)
  // A connection that is closed while it sends emits an error.
  socket.on('error', () => {})
  let received = ''
  socket.setEncoding('utf8').on('data', (part: string) => {
    received += part
  })
  const answered = new Promise<string>((resolve) => socket.once('close', () => resolve(received)))
  await once(socket, 'connect')
  return { socket, answered }
}

const isAnswered = async () => expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('0 bytes')

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
  server.close().closeAllConnections()
})

test('a silent client is disconnected', async () => {
  await serve(answer, SHORT)
  const { answered } = await open()
  expect(await answered).toMatch(/^(HTTP\/1\.1 408 |$)/)
  await isAnswered()
})

test('a client that sends its header byte by byte is disconnected', async () => {
  await serve(answer, SHORT)
  const { socket, answered } = await open()
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nX: ')
  const drip = setInterval(() => socket.write('x'), 5)
  expect(await answered).toMatch(/^HTTP\/1\.1 408 /)
  clearInterval(drip)
  await isAnswered()
})

test('a client that sends its body byte by byte is disconnected', async () => {
  await serve(answer, SHORT)
  const { socket, answered } = await open()
  socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n')
  const drip = setInterval(() => socket.write('x'), 5)
  expect(await answered).not.toContain(' 200 ')
  clearInterval(drip)
  await isAnswered()
})

test('hundreds of slow connections do not delay other clients', async () => {
  await serve()
  const slow = await Promise.all(Array.from({ length: 300 }, open))
  for (const { socket } of slow) socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n')
  await isAnswered()
  expect(slow.every(({ socket }) => !socket.destroyed)).toBe(true)
})

test('a header of more than 16 kB is refused', async () => {
  await serve()
  const { socket, answered } = await open()
  socket.write(`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)
  expect(await answered).toMatch(/^HTTP\/1\.1 431 /)
  await isAnswered()
})

test('a body with too large a Content-Length is refused before it is sent', async () => {
  await serve()
  const { socket, answered } = await open()
  socket.write(`POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${MIB + 1}\r\n\r\n`)
  expect(await answered).toMatch(/^HTTP\/1\.1 413 .*may not be larger than 1,048,576 bytes/s)
})

const CHUNKED = 'POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n'
const CHUNK = `10000\r\n${'x'.repeat(0x10000)}\r\n`
const REFUSED = /^HTTP\/1\.1 413 .*Connection: close.*may not be larger than 1,048,576 bytes\./is

test('a body without a length is refused once it is too large, and the connection is closed', async () => {
  await serve()
  const { socket, answered } = await open()
  socket.write(CHUNKED)
  for (let sent = 0; sent <= MIB; sent += 0x10000) socket.write(CHUNK)
  expect(await answered).toMatch(REFUSED)
  expect(proceeded).toBe(0)
  await isAnswered()
})

test('a client that continues to send can still read the refusal, and is then disconnected', async () => {
  await serve()
  const { socket, answered } = await open()
  socket.pause()
  socket.write(CHUNKED)
  for (let sent = 0; sent < 8 * MIB; sent += 0x10000) if (!socket.write(CHUNK)) await once(socket, 'drain')
  socket.write('0\r\n\r\n')
  socket.resume()
  expect(await answered).toMatch(REFUSED)
})

test('a client that never ends a refused body is disconnected', async () => {
  await serve(answer, SHORT)
  const { socket, answered } = await open()
  socket.write(CHUNKED)
  const drip = setInterval(() => socket.write(CHUNK), 5)
  expect(await answered).toMatch(REFUSED)
  clearInterval(drip)
})

test('node:http clients can read the refusal', async () => {
  await serve()
  const body = async function* () {
    for (let sent = 0; sent < 4 * MIB; sent += 0x10000) yield Buffer.alloc(0x10000)
  }
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const asking = request({ port, method: 'POST' }, resolve).once('error', reject)
    Readable.from(body()).pipe(asking)
  })
  expect(response.statusCode).toBe(413)
  expect(await text(response)).toBe(TOO_LARGE)
})

const EXPECTS = 'Expect: 100-continue\r\n'

test('a client that waits for "100 Continue" gets the refusal of its body at once', async () => {
  await serve()
  for (const late of ['', 'x'.repeat(MIB + 1)]) {
    const { socket, answered } = await open()
    socket.write(`POST / HTTP/1.1\r\nHost: localhost\r\n${EXPECTS}Content-Length: ${MIB + 1}\r\n\r\n`)
    socket.write(late)
    expect(await answered).toMatch(REFUSED)
  }
  expect(proceeded).toBe(0)
})

test('a client that waits for "100 Continue" gets a final status that needs no body', async () => {
  await serve((_request, response) => response.writeHead(401).end('Who are you?'))
  for (const late of ['', 'xxxxx']) {
    const { socket, answered } = await open()
    socket.write(`POST / HTTP/1.1\r\nHost: localhost\r\n${EXPECTS}Content-Length: 5\r\n\r\n`)
    socket.write(late)
    expect(await answered).toMatch(/^HTTP\/1\.1 401 .*Connection: close.*Who are you\?/is)
  }
})

test('a client that waits for "100 Continue" gets it for an accepted body, with or without a length', async () => {
  await serve()
  const lengths = { 'Content-Length: 5': 'abcde', 'Transfer-Encoding: chunked': '5\r\nabcde\r\n0\r\n\r\n' }
  for (const [length, body] of Object.entries(lengths)) {
    const { socket, answered } = await open()
    const head = `POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${EXPECTS}${length}\r\n\r\n`
    socket.write(head)
    const [first] = await once(socket, 'data')
    expect(first).toBe('HTTP/1.1 100 Continue\r\n\r\n')
    socket.write(body)
    expect(await answered).toMatch(/ 100 Continue\r\n\r\nHTTP\/1\.1 200 .*5 bytes/s)
  }
})

test('a body of the maximum size is accepted, with or without a length', async () => {
  await serve()
  const response = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body: 'x'.repeat(MIB) })
  expect(await response.text()).toBe(`${MIB} bytes`)
  const { socket, answered } = await open()
  socket.write(CHUNKED.replace('Host', 'Connection: close\r\nHost'))
  for (let sent = 0; sent < MIB; sent += 0x10000) socket.write(CHUNK)
  socket.write('0\r\n\r\n')
  expect(await answered).toContain(`${MIB} bytes`)
})

test('a picture with a Content-Length may be larger', async () => {
  await serve()
  const address = `http://127.0.0.1:${port}/api/v1/albums/7/artwork`
  const put = (body: string, method = 'PUT') => fetch(address, { method, body })
  expect(await (await put('x'.repeat(20 * MIB))).text()).toBe(`${20 * MIB} bytes`)
  expect((await put('x'.repeat(20 * MIB + 1))).status).toBe(413)
  expect((await put('x'.repeat(MIB + 1), 'POST')).status).toBe(413)
  const { socket, answered } = await open()
  socket.write(CHUNKED.replace(/^\S+ \S+/, 'PUT /api/v1/albums/7/artwork'))
  for (let sent = 0; sent < 2 * MIB; sent += 0x10000) socket.write(CHUNK)
  expect(await answered).toMatch(REFUSED)
})

test('an incomplete body is dropped with its connection', async () => {
  await serve()
  const { socket } = await open()
  socket.write(CHUNKED + CHUNK)
  const [incoming] = await once(server, 'request')
  socket.destroy()
  await new Promise((resolve) => incoming.once('close', resolve))
  expect(proceeded).toBe(0)
})

test('a stopping site finishes running requests and accepts no new ones', async () => {
  let finish = () => {}
  await serve((_, response) => {
    response.write('begun, ')
    finish = () => response.end('and finished')
  })
  const running = fetch(`http://127.0.0.1:${port}`)
  await once(server, 'request')
  const closed = close(server, new AbortController().signal)
  await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow()
  finish()
  expect(await (await running).text()).toBe('begun, and finished')
  await closed
})
