import type { ServerResponse } from 'node:http'
import { QueueFull } from './waiting-clients'

/** The text of an error response that is no page. */
const FAILED = 'Something went wrong on our side. Please try again in a moment.'

/** The text for an error. */
export const sentenceOf = (error: unknown): string => (error instanceof QueueFull ? error.message : FAILED)

/** Sends an error response. @param headers common to all responses. */
export function sendFailure(response: ServerResponse, headers: Record<string, string> = {}, error?: unknown): void {
  const body = `${sentenceOf(error)}\n`
  response.writeHead(503, {
    ...headers,
    'cache-control': 'no-store',
    'cache-status': 'SyroMusic; fwd=uri-miss',
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'retry-after': '5',
  })
  response.end(body)
}
