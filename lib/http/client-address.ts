import type { IncomingMessage } from 'node:http'
import proxyaddr from 'proxy-addr'

/** What proxies say of a request. Believed from a trusted proxy, removed from anybody else. */
const CLAIMS = [
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
    const address = proxyaddr(request, isTrusted)
    const vouched = isTrusted(peer, 0) ? request.headers['x-forwarded-proto'] : undefined
    for (const claim of CLAIMS) delete request.headers[claim]
    request.headers['x-forwarded-for'] = address
    if (vouched === 'https' || vouched === 'http') request.headers['x-forwarded-proto'] = vouched
  }
}
