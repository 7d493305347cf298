import { env } from '@/lib/env'

/**
 * Where the site is for others, without a slash at the end: SYRO_URL, or this machine where it isn't set. Pages, which
 * are kept and the same for everybody, know no other; a request's Host is whatever the client says.
 */
export const siteOrigin = new URL(env.SYRO_URL ?? `http://localhost:${env.PORT}`).origin

/** The absolute address of a path of the site. */
export const siteUrl = (path: string): string => new URL(path, siteOrigin).href

/** A name or an IPv4 address, or an IPv6 address in brackets; then perhaps a port. */
const HOST = /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:]{2,39}\])(?::\d{1,5})?$/i

/**
 * Where the site is for this client: SYRO_URL, or the host that it asked where that isn't set. What is made with the
 * latter must not be kept for others: `isShared` tells.
 */
export function originFor(request: Request): { origin: string; isShared: boolean } {
  if (env.SYRO_URL) return { origin: siteOrigin, isShared: true }
  const host = request.headers.get('host') ?? ''
  const protocol = request.headers.get('x-forwarded-proto') === 'https' ? 'https' : 'http'
  return { origin: HOST.test(host) ? `${protocol}://${host.toLowerCase()}` : siteOrigin, isShared: false }
}
