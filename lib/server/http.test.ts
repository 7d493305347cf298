import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { addressOf, checkAddress, close, listen } from './http'

const server = createServer((_request, response) => response.end('here'))
afterEach(() => server.close())

for (const [host, address] of [
  ['0.0.0.0', 'http://localhost:3000'],
  ['::', 'http://localhost:3000'],
  ['127.0.0.1', 'http://127.0.0.1:3000'],
  ['::1', 'http://[::1]:3000'],
  ['music.example', 'http://music.example:3000'],
] as const)
  test(`a site that listens at ${host} has the address ${address}`, () => expect(addressOf(host, 3000)).toBe(address))

test('a taken port and a foreign address are refused with a sentence', async () => {
  const port = await listen(server, '127.0.0.1', 0)
  await expect(checkAddress('127.0.0.1', port)).rejects.toThrow(`Port ${port} is taken`)
  await expect(checkAddress('192.0.2.1', 0)).rejects.toThrow('This machine has no address 192.0.2.1')
})

test('checking an address leaves it free', async () => {
  await checkAddress('127.0.0.1', 0)
  const port = await listen(server, '127.0.0.1', 0)
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('here')
})

test('a silent connection does not delay the stop of a server', async () => {
  const port = await listen(server, '127.0.0.1', 0)
  const answer = fetch(`http://127.0.0.1:${port}`)
  await once(server, 'request')
  await (await answer).text()
  await close(server, AbortSignal.abort())
  expect(server.listening).toBe(false)
})
