import type { IncomingMessage, ServerResponse } from 'node:http'
import { canCompress, codingFor, compress } from './encoding'
import type { OriginResponse } from './origin'

/**
 * Sends a response that must not be kept, as it came but for its compression.
 * @param why it was fetched, as Cache-Status (RFC 9211) names it.
 */
export async function sendPassed(
  request: IncomingMessage,
  response: ServerResponse,
  passed: OriginResponse,
  why: 'uri-miss' | 'bypass',
): Promise<void> {
  const headers = { ...passed.headers, 'cache-status': `SyroMusic; fwd=${why}` }
  const coding = codingFor(request.headers['accept-encoding'])
  const compressible = coding !== 'identity' && canCompress(passed.headers['content-type'], passed.body.length)
  const body = compressible ? await compress(coding, passed.body) : passed.body
  if (compressible) {
    Object.assign(headers, {
      'content-encoding': coding,
      vary: [passed.headers.vary, 'Accept-Encoding'].filter(Boolean).join(', '),
    })
  }
  response.writeHead(passed.status, { ...headers, 'content-length': body.length })
  response.end(request.method === 'HEAD' ? undefined : body)
}
