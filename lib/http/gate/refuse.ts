import type { IncomingMessage, ServerResponse } from 'node:http'
import { limitHeaders } from '@/lib/http/limits/headers'
import { peek } from '@/lib/http/limits/limits'
import { networkOf } from '@/lib/http/limits/network'
import { apiPolicies } from '@/lib/http/limits/policy'
import { problemBody, problemHeaders } from '@/lib/http/problem'
import { type ProblemName, problems } from '@/lib/http/problems'
import { corsHeaders } from './cors'
import { requestIdOf } from './request-id'

/** Why a request is refused. */
export type Fault = { kind: ProblemName; detail: string; headers?: Record<string, string> }

/**
 * Answers a request to the API that never reaches Next.js with a problem document. It is charged to nobody.
 * @param request with its client's address in `x-forwarded-for`. @param now ms since the epoch.
 */
export async function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  { kind, detail, headers }: Fault,
  now: number,
): Promise<void> {
  const { method = '', url: instance = '' } = request
  const requestId = requestIdOf(String(request.headers['x-request-id'] ?? ''))
  const standing = await peek(apiPolicies.anonymous, networkOf(String(request.headers['x-forwarded-for'] ?? '')))
  const body = problemBody({ kind, detail, instance, requestId })
  response.writeHead(problems[kind].status, {
    ...problemHeaders,
    ...corsHeaders(method),
    ...limitHeaders(standing, now),
    'x-request-id': requestId,
    'content-length': Buffer.byteLength(body),
    ...headers,
  })
  response.end(method === 'HEAD' ? undefined : body)
}
