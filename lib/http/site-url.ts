import { env } from '@/lib/env'

/**
 * The public origin of the site: SYRO_URL, or this machine by default. Pages, which are cached and the same for
 * everybody, use no other; clients can send any Host.
 */
export const siteOrigin = new URL(env.SYRO_URL ?? `http://localhost:${env.PORT}`).origin

/** The absolute address of a path of the site. */
export const siteUrl = (path: string): string => new URL(path, siteOrigin).href

/** A name or an IPv4 address, or an IPv6 address in brackets; then perhaps a port. */
const HOST = /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:]{2,39}\])(?::\d{1,5})?$/i

/**
 * The origin of the site for this client: SYRO_URL, or by default the requested host. In the second case the response
 * must not be cached for others, as `isShared` tells.
 */
export function originFor(request: Request): { origin: string; isShared: boolean } {
  if (env.SYRO_URL) return { origin: siteOrigin, isShared: true }
  const host = request.headers.get('host') ?? ''
  const protocol = request.headers.get('x-forwarded-proto') === 'https' ? 'https' : 'http'
  return { origin: HOST.test(host) ? `${protocol}://${host.toLowerCase()}` : siteOrigin, isShared: false }
}
