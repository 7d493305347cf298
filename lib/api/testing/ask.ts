import { expect } from 'vitest'
import { answer } from '@/lib/api/answer'
import { parseRequest } from '@/lib/api/operations'
import { API } from '@/lib/http/api/contract'
import type { ApiRequest } from '@/lib/http/api/request'
import { CALLER, writeCaller } from '@/lib/http/gate/caller'
import { answerFaults } from './openapi-check'

/** The origin in tests. */
export const ORIGIN = 'http://music.test'

/** The caller, as the gate passes it on. */
const NOBODY = { kind: 'anonymous', network: '192.0.2.1' } as const

/** The request to read an absolute address, matched with its operation. */
export function matchOf(address: string): ApiRequest {
  const { pathname, search } = new URL(address)
  return parseRequest('GET', pathname + search) ?? expect.fail(`${pathname} is of no operation`)
}

type Options = { headers?: Record<string, string>; method?: 'GET' | 'HEAD'; signal?: AbortSignal }

/**
 * Sends a request to the API as Next.js would: to an address, or to a path below the API's own. The response must match
 * the OpenAPI document, except for the lines of a stream.
 */
export async function ask(address: string, { headers = {}, method = 'GET', signal }: Options = {}): Promise<Response> {
  const url = new URL(address.startsWith('/') ? ORIGIN + API + address : address)
  const { operation = expect.fail(`${url.pathname} can't be read`) } = matchOf(url.href)
  const request = new Request(url, {
    method,
    headers: { host: url.host, [CALLER]: writeCaller(NOBODY), ...headers },
    ...(signal && { signal }),
  })
  const response = await answer(request)
  if (response.headers.get('content-type') === 'application/x-ndjson') return response
  const body = await response.text()
  expect(answerFaults(operation.id, response, body, url.searchParams.has('fields')), url.href).toBe('')
  return new Response(body || null, response)
}

/** A page of a list. */
export type ListPage = {
  href: string
  items: { [name: string]: unknown }[]
  total: number
  limit: number
  next: string | null
  previous: string | null
}

/** The body of a response, which must be a 200. */
export async function read<Body = ListPage>(address: string, headers: Record<string, string> = {}): Promise<Body> {
  const response = await ask(address, { headers })
  expect(response.status, address).toBe(200)
  return response.json()
}

/** The problem in a response. */
export async function problemOf(
  address: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; type: string; detail: string; errors?: { field: string; allowed?: string[] }[] }> {
  const response = await ask(address, { headers })
  expect(response.headers.get('content-type'), address).toBe('application/problem+json')
  return response.json()
}

/** The items of a list's stream. */
export async function readStream(address: string): Promise<{ [name: string]: unknown }[]> {
  const response = await ask(address, { headers: { accept: 'application/x-ndjson' } })
  expect(response.status, address).toBe(200)
  const text = await response.text()
  expect(text === '' || text.endsWith('\n')).toBe(true)
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
}
