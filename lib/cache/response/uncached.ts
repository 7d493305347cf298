import type { IncomingMessage, ServerResponse } from 'node:http'
import { canCompress, codingFor, compress } from './encoding'
import type { OriginResponse } from './origin'

/** Statuses without a body, whose Content-Length would describe another response (RFC 9110, 8.6). */
const BODILESS = new Set([204, 304])

/**
 * Sends a response that is not cached, compressed if the client accepts that.
 * @param why the reason for Cache-Status (RFC 9211), unless the response has one.
 */
export async function sendUncached(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body: whole }: OriginResponse,
  why?: 'uri-miss' | 'bypass',
): Promise<void> {
  const type = headers['content-type']
  const coding = codingFor(request.headers['accept-encoding'])
  const compressible = coding !== 'identity' && canCompress(type, whole.length)
  const body = compressible ? await compress(coding, whole, 'quick') : whole
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value)
  if (why) response.setHeader('cache-status', `SyroMusic; fwd=${why}`)
  if (canCompress(type, Number.POSITIVE_INFINITY)) addVary(response, 'Accept-Encoding')
  if (compressible) response.setHeader('content-encoding', coding)
  if (!BODILESS.has(status)) response.setHeader('content-length', body.length)
  response.writeHead(status)
  response.end(request.method === 'HEAD' ? undefined : body)
}

function addVary(response: ServerResponse, name: string): void {
  const names = [response.getHeader('vary') ?? []].flat().flatMap((value) => String(value).split(/, */))
  if (!names.some((other) => other.toLowerCase() === name.toLowerCase()))
    response.setHeader('vary', [...names, name].join(', '))
}
