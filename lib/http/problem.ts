import { type ProblemName, problems } from './problems'

/** A field of a request that is wrong. */
export type FieldError = {
  /** The place: a query or path parameter, a header, or a path in the body such as "items.3.title". */
  in: 'query' | 'path' | 'header' | 'body'
  field: string
  /** The error in words. */
  message: string
  /** The values that it may have, where they can be listed. */
  allowed?: string[]
}

export type Problem = {
  kind: ProblemName
  /** The cause of this problem, in a sentence. */
  detail: string
  /** Path and query of the request. */
  instance: string
  requestId: string
  errors?: FieldError[]
  headers?: Record<string, string>
}

/** The `type` of a problem: the address of its explanation, relative to the requested address. */
export const problemType = (kind: ProblemName): string => `/api/docs/problems#${kind}`

/** The problem document (RFC 9457) as it is sent. */
export function problemBody({ kind, detail, instance, requestId, errors }: Problem): string {
  const { status, title } = problems[kind]
  return JSON.stringify({
    type: problemType(kind),
    title,
    status,
    detail,
    instance,
    requestId,
    ...(errors && { errors }),
  })
}

/** Fields of the header that every problem has. It is never cached: it is valid for this request alone. */
export const problemHeaders = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' } as const

/** A problem as a response. */
export const problem = (of: Problem): Response =>
  new Response(problemBody(of), {
    status: problems[of.kind].status,
    headers: { ...problemHeaders, 'x-request-id': of.requestId, ...of.headers },
  })
