import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import proxyaddr from 'proxy-addr'
import { GATED } from '@/lib/http/gate/gate-word'
import { CALLER } from './gate/caller'
import { plainAddress } from './limits/network'

/** What proxies, and the gate of the API, say of a request. Removed from what anybody else says. */
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
 * Puts the client's address where the rest can trust it: in `x-forwarded-for`, alone. It is the socket's, or what
 * `trustedProxies` (addresses, CIDR ranges, "loopback", "linklocal", "uniquelocal") vouch for, nearest first.
 * @throws a TypeError that names an entry of `trustedProxies` which is none of these.
 */
export function trustProxies(trustedProxies: string[]): (request: IncomingMessage) => void {
  const isTrusted = proxyaddr.compile(trustedProxies)
  return (request) => {
    const peer = request.socket.remoteAddress ?? ''
    // A connection that was reset before its request was read has no address any more.
    const vouchedFor = peer && withoutPort(proxyaddr(request, isTrusted))
    // A proxy that passes on what is no address vouches for nobody.
    const address = isIP(vouchedFor) ? vouchedFor : peer
    const vouched = isTrusted(peer, 0) ? request.headers['x-forwarded-proto'] : undefined
    for (const claim of CLAIMS) delete request.headers[claim]
    request.headers['x-forwarded-for'] = plainAddress(address)
    if (vouched === 'https' || vouched === 'http') request.headers['x-forwarded-proto'] = vouched
  }
}

/** Some proxies add the client's port, which is another for every connection. */
const withoutPort = (address: string): string =>
  address.replace(/^((?:\d+\.){3}\d+):\d+$/, '$1').replace(/^\[(.+)\](?::\d+)?$/, '$1')
