import type { z } from 'zod'
import { dataCached } from '@/lib/cache/data'
import { codingFor } from '@/lib/cache/response/encoding'
import { isGated } from '@/lib/http/gate/gate-secret'
import { originFor } from '@/lib/http/site-url'
import { CODING } from '@/lib/next/api-headers'
import { log } from '@/lib/observability/log'
import { compressed } from './compression'
import type { Contract, Operation } from './contract'
import { RequestFault } from './fault'
import { JSON_TYPE, NDJSON, typeFor, typesOf } from './negotiate'
import { type Representation, representationOf } from './representation'
import type { ApiRequest } from './request'
import { streamOf } from './stream'
import {
  freshnessHeaders,
  isKnown,
  knownTag,
  notModified,
  streamHeaders,
  streamNotModified,
  streamVersionOf,
  versionOf,
} from './version'

/** The input of a handler: valid parameters, and the request. */
export type OperationInput<Params extends z.ZodObject = z.ZodObject, Query extends z.ZodObject = z.ZodObject> = {
  params: z.output<Params>
  query: z.output<Query>
  /** The origin of the site for this client: "https://example.org". */
  origin: string
  /** The absolute canonical address of the request. */
  href: string
  /** The request itself, for personal responses: a cached response must depend on nothing else of it. */
  request: Request
}

/** The id and the address that a merged id redirects to. */
export class Moved {
  constructor(
    readonly id: number,
    readonly movedTo: number,
    /** Absolute. */
    readonly href: string,
  ) {}
}

export type Handler<Params extends z.ZodObject, Query extends z.ZodObject, Answer extends z.ZodType> = {
  /**
   * @returns null where there is nothing at this address.
   * @throws RequestFault for errors that only reading can find.
   */
  read: (input: OperationInput<Params, Query>) => Promise<z.input<Answer> | Moved | null>
  /**
   * All of a list, in batches, for clients that want a stream. Null where there is nothing at this address.
   * @param left stops the reading when the client has disconnected.
   */
  stream?: (
    input: OperationInput<Params, Query>,
    left: AbortSignal,
  ) => Promise<AsyncGenerator<object[], void> | Moved | null>
}

/** A request to an operation whose parameters are valid. */
export type Call = {
  request: Request
  requestId: string
  matched: ApiRequest
  params: Record<string, unknown>
  query: Record<string, unknown>
}

/** The handler of an operation, and the contract that it keeps. It gives null where there is nothing at the address. */
export type Route = {
  contract: Operation
  answer: (call: Call) => Promise<Response | null>
}

/** The route of an operation that reads. */
export function endpoint<Params extends z.ZodObject, Query extends z.ZodObject, Answer extends z.ZodType>(
  contract: Contract<Params, Query, Answer>,
  handler: Handler<Params, Query, Answer>,
): Route {
  const answer = async ({ request, requestId, matched, params, query }: Call): Promise<Response | null> => {
    const type = typeFor(contract, request.headers)
    if (!type)
      throw new RequestFault('not-acceptable', `${contract.path} is sent as ${typesOf(contract).join(' or ')}.`)
    const { origin, isShared } = originFor(request)
    const href = origin + matched.parameters.address
    // They were parsed by the schemas of this contract.
    const input = { params, query, origin, href, request } as OperationInput<Params, Query>
    if (contract.cache.for === 'nobody') {
      const own = await handler.read(input)
      const headers = { 'cache-control': 'private, no-store', 'x-request-id': requestId }
      return own === null ? null : Response.json(own, { headers })
    }
    // The cache in front stores the responses for each host separately, and tells other caches not to store them.
    const context = { request, input, isShared: isShared || isGated(request.headers), requestId }
    if (type === NDJSON && handler.stream) return streamed(contract, handler.stream, context)
    return answered(contract, contract.cache.seconds, handler.read, context)
  }
  return { contract: contract as unknown as Contract, answer }
}

/** A request with all that its response needs. */
type AnswerContext<Params extends z.ZodObject, Query extends z.ZodObject> = {
  request: Request
  input: OperationInput<Params, Query>
  /** Whether the response is the same for every client. */
  isShared: boolean
  requestId: string
}

async function answered<Params extends z.ZodObject, Query extends z.ZodObject, Answer extends z.ZodType>(
  contract: Contract<Params, Query, Answer>,
  seconds: number,
  read: Handler<Params, Query, Answer>['read'],
  { request: { headers }, input, isShared, requestId }: AnswerContext<Params, Query>,
): Promise<Response | null> {
  const stored = await dataCached(`${contract.id} ${input.href}`, async (): Promise<Representation | Absence> => {
    const generatedAt = Date.now()
    const answer = await read(input)
    if (answer === null) return ABSENCE
    return answer instanceof Moved
      ? representationOf(movedBody(answer), { location: answer.href }, { status: 308 })
      : representationOf(answer as object, linksOf(answer as object), { generatedAt })
  })
  // Pages and routes have copies of this module and share the cache, so `instanceof` would fail.
  if (!('body' in stored)) return null
  const now = Date.now()
  const version = versionOf(contract, stored)
  const freshness = { version, seconds, coding: 'identity', isShared, now, generatedAt: stored.generatedAt } as const
  const { etag, 'last-modified': modified, ...fresh } = freshnessHeaders(freshness)
  // Conditions apply only to what exists (RFC 9110, 13.2.1); a redirect has no version.
  const isThere = stored.status === 200
  if (isThere && isKnown(version, headers)) return notModified(freshness, requestId, knownTag(version, headers))
  return new Response(new Uint8Array(stored.body), {
    status: stored.status,
    headers: {
      'content-type': JSON_TYPE,
      'content-length': `${stored.body.length}`,
      ...fresh,
      age: `${Math.floor((now - stored.generatedAt) / 1000)}`,
      ...(isThere && { etag, ...(modified && { 'last-modified': modified }) }),
      'x-request-id': requestId,
      ...stored.headers,
    },
  })
}

const movedBody = ({ id, movedTo, href }: Moved) => ({ id, movedTo, href })

/** The absence of a resource is cached too. */
type Absence = { bytes: number }
const ABSENCE: Absence = { bytes: 0 }

/** The next and previous page of a list (RFC 8288). */
function linksOf(answer: object): Record<string, string> {
  const { next, previous } = answer as { next?: string | null; previous?: string | null }
  const links = [next && `<${next}>; rel="next"`, previous && `<${previous}>; rel="prev"`].filter(Boolean)
  return links.length > 0 ? { link: links.join(', ') } : {}
}

async function streamed<Params extends z.ZodObject, Query extends z.ZodObject>(
  contract: Pick<Contract, 'id' | 'dependsOn'>,
  stream: NonNullable<Handler<Params, Query, z.ZodType>['stream']>,
  { request, input, requestId }: AnswerContext<Params, Query>,
): Promise<Response | null> {
  const now = Date.now()
  // Before anything is read: changes made meanwhile belong to a later version.
  const version = await streamVersionOf(contract, input.href)
  const left = new AbortController()
  const parts = await stream(input, AbortSignal.any([left.signal, request.signal]))
  if (parts === null) return null
  if (parts instanceof Moved) {
    const headers = { vary: 'Accept, Accept-Encoding', 'cache-control': 'no-store', location: parts.href }
    return Response.json(movedBody(parts), { status: 308, headers: { ...headers, 'x-request-id': requestId } })
  }
  if (isKnown(version, request.headers)) {
    await parts.return()
    return streamNotModified(version, requestId, now)
  }
  const headers = { ...streamHeaders(version, now), 'content-type': NDJSON, 'x-request-id': requestId }
  const onFault = (err: unknown) => log.error({ requestId, err }, 'The stream broke off')
  if (request.method === 'HEAD') return new Response(null, { headers })
  const body = await streamOf(parts, { leave: () => left.abort(), onFault })
  const coding = codingFor(request.headers.get('accept-encoding') ?? undefined)
  return coding === 'identity' || !isGated(request.headers)
    ? new Response(body, { headers })
    : new Response(compressed(body, coding), { headers: { ...headers, [CODING]: coding } })
}
