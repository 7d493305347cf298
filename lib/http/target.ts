import type { IncomingMessage } from 'node:http'

const ABSOLUTE = /^https?:\/\/([^/?#@]+)([/?].*)?$/i

/**
 * Takes a target that names its host (`GET http://music.example/albums`) for what it means: the path, at that host,
 * whatever Host says. A server has to (RFC 9112, 3.2.2), though hardly anybody but a proxy sends it.
 */
export function takeAbsoluteTarget(request: IncomingMessage): void {
  const { url = '', headers } = request
  if (url.startsWith('/')) return
  const [, host, rest = ''] = ABSOLUTE.exec(url) ?? []
  if (host === undefined) return
  request.url = rest.startsWith('/') ? rest : `/${rest}`
  // Without a Host field the request is still malformed.
  if (headers.host !== undefined) headers.host = host
}
