import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import proxyaddr from 'proxy-addr'
import { GATED } from '@/lib/http/gate/gate-secret'
import { CALLER } from './gate/caller'
import { plainAddress } from './limits/network'

/** Headers that only proxies and the gate may set. They are removed from all other requests. */
const CLAIMS = [
  CALLER,
  GATED,
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-real-ip',
]

/**
 * Sets `x-forwarded-for` to the client's address alone, so that the rest can trust it: the socket's address, or the one
 * that `trustedProxies` (addresses, CIDR ranges, "loopback", "linklocal", "uniquelocal") vouch for, nearest first.
 * @throws a TypeError that names an invalid entry of `trustedProxies`.
 */
export function trustProxies(trustedProxies: string[]): (request: IncomingMessage) => void {
  const isTrusted = proxyaddr.compile(trustedProxies)
  return (request) => {
    const peer = request.socket.remoteAddress ?? ''
    // A connection that was reset before its request was read has lost its address.
    const vouchedFor = peer && withoutPort(proxyaddr(request, isTrusted))
    // Text that is no address vouches for no one.
    const address = isIP(vouchedFor) ? vouchedFor : peer
    const vouched = isTrusted(peer, 0) ? request.headers['x-forwarded-proto'] : undefined
    for (const claim of CLAIMS) delete request.headers[claim]
    request.headers['x-forwarded-for'] = plainAddress(address)
    if (vouched === 'https' || vouched === 'http') request.headers['x-forwarded-proto'] = vouched
  }
}

/** Some proxies append the client's port, which differs for every connection. */
const withoutPort = (address: string): string =>
  address.replace(/^((?:\d+\.){3}\d+):\d+$/, '$1').replace(/^\[(.+)\](?::\d+)?$/, '$1')
