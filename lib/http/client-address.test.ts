import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { trustProxies } from './client-address'
import { CALLER } from './gate/caller'

const request = (peer: string, headers: Record<string, string>) =>
  ({ socket: { remoteAddress: peer }, connection: { remoteAddress: peer }, headers }) as unknown as IncomingMessage

for (const [name, trusted, peer, forwarded, address] of [
  ['without trusted proxies the socket counts', [], '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['a trusted proxy forwards the address', ['10.0.0.0/8'], '10.1.2.3', '198.51.100.1', '198.51.100.1'],
  ['an entry that the client wrote is ignored', ['10.0.0.0/8'], '10.1.2.3', '1.1.1.1, 198.51.100.1', '198.51.100.1'],
  ['a chain of trusted proxies', ['loopback', '10.0.0.0/8'], '127.0.0.1', '198.51.100.1, 10.9.9.9', '198.51.100.1'],
  ['an untrusted proxy is ignored', ['10.0.0.0/8'], '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['a port is removed', ['10.0.0.0/8'], '10.1.2.3', '198.51.100.1:40000', '198.51.100.1'],
  ['a port is removed from an IPv6 address', ['10.0.0.0/8'], '10.1.2.3', '[2001:db8::7]:40000', '2001:db8::7'],
  ['an invalid address is ignored', ['10.0.0.0/8'], '10.1.2.3', 'unknown', '10.1.2.3'],
  ['an IPv4 client on a dual-stack socket', [], '::ffff:203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['an IPv4 proxy on a dual-stack socket', ['10.0.0.0/8'], '::ffff:10.1.2.3', '::ffff:198.51.100.1', '198.51.100.1'],
  ['an IPv6 proxy', ['fd00::/8'], 'fd00::1', '2001:db8::7', '2001:db8::7'],
] as const)
  test(`the client's address: ${name}`, () => {
    const seen = request(peer, {
      'x-forwarded-for': forwarded,
      'x-real-ip': '9.9.9.9',
      forwarded: 'for=9.9.9.9',
      [CALLER]: '{"kind":"key","id":1}',
    })
    trustProxies([...trusted])(seen)
    expect(seen.headers).toEqual({ 'x-forwarded-for': address })
  })

test('only a trusted proxy can announce TLS', () => {
  const trusted = request('10.0.0.1', { 'x-forwarded-proto': 'https' })
  const stranger = request('203.0.113.9', { 'x-forwarded-proto': 'https' })
  for (const each of [trusted, stranger]) trustProxies(['10.0.0.0/8'])(each)
  expect(trusted.headers['x-forwarded-proto']).toBe('https')
  expect(stranger.headers['x-forwarded-proto']).toBeUndefined()
})

test('an invalid entry is named in the error', () => {
  expect(() => trustProxies(['10.0.0.0/8', 'my-proxy'])).toThrow('my-proxy')
})

test('a reset connection has no address, without an error', () => {
  const headers = { 'x-forwarded-for': '198.51.100.1' }
  const closed = { socket: {}, connection: {}, headers } as unknown as IncomingMessage
  trustProxies(['loopback'])(closed)
  expect(headers['x-forwarded-for']).toBe('')
})
