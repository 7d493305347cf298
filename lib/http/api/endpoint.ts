import { randomUUID } from 'node:crypto'
import Negotiator from 'negotiator'
import type { z } from 'zod'
import { dataCached, reweigh } from '@/lib/cache/data'
import { codingFor } from '@/lib/cache/response/encoding'
import { AppError, type ErrorCode } from '@/lib/errors'
import { type Problem, problem } from '@/lib/http/problem'
import type { ProblemName } from '@/lib/http/problems'
import { originFor } from '@/lib/http/site-url'
import { pathOf, queryOf } from './address'
import type { Contract } from './contract'
import { parsePath, parseQuery, sentenceOf } from './parameters'
import { Representation } from './representation'
import { streamOf } from './stream'
import { CACHE_CONTROL, etagOf, lastModifiedOf, versionOf } from './version'

/** What a handler is asked, once it is known to be right. */
export type Asked<Params extends z.ZodObject = z.ZodObject, Query extends z.ZodObject = z.ZodObject> = {
  params: z.output<Params>
  query: z.output<Query>
  /** Where the site is for this client: "https://example.org". */
  origin: string
  /** The absolute address of what is asked, with its parameters in their one order. */
  href: string
  /** The request itself, for what is personal: whatever is kept must depend on nothing else of it. */
  request: Request
}

/** Where something is that was merged into another. */
export class Moved {
  constructor(
    readonly id: number,
    readonly movedTo: number,
    /** Absolute. */
    readonly href: string,
  ) {}
}

export type Handler<Params extends z.ZodObject, Query extends z.ZodObject, Answer extends z.ZodType> = {
  /** @returns null where there is nothing at this address. @throws RequestFault for what only reading can tell. */
  read: (asked: Asked<Params, Query>) => Promise<z.input<Answer> | Moved | null>
  /** All of a list, in parts, for who wants it as a stream. Null where there is nothing at this address. */
  stream?: (asked: Asked<Params, Query>) => Promise<AsyncGenerator<object[], void> | Moved | null>
}

/** A request that is wrong in a way that its parameters alone don't show. */
export class RequestFault extends Error {
  constructor(
    readonly kind: ProblemName,
    message: string,
    readonly errors?: Problem['errors'],
  ) {
    super(message)
    this.name = 'RequestFault'
  }
}

const kindOf: Record<ErrorCode, ProblemName> = {
  not_found: 'not-found',
  invalid: 'invalid-parameter',
  conflict: 'conflict',
  unavailable: 'unavailable',
}

/** Seconds after which it is worth trying again. */
const RETRY_AFTER = '5'

/** Faults of the way to PostgreSQL, and those in which it says that it can't work now (SQLSTATE classes 08, 53, 57, 58). */
const UNAVAILABLE = /^(E(CONN|PIPE|HOST|NET|AI_AGAIN|TIMEDOUT)|08|53|57|58)/
const LOST = /(timeout exceeded when trying to connect|Connection terminated|server closed the connection)/i

function isUnavailable(error: unknown): boolean {
  for (let fault = error, depth = 0; fault instanceof Error && depth < 5; fault = fault.cause, depth++)
    if (('code' in fault && UNAVAILABLE.test(String(fault.code))) || LOST.test(fault.message)) return true
  return false
}

/** Next.js gives no parameters where a path has none. */
type Context = { params: Promise<Record<string, string> | undefined> }

/** A route handler, and the contract that it keeps. */
export type Route = ((request: Request, context: Context) => Promise<Response>) & { contract: Contract }

/** A route handler that keeps the contract. */
export function endpoint<Params extends z.ZodObject, Query extends z.ZodObject, Answer extends z.ZodType>(
  contract: Contract<Params, Query, Answer>,
  handler: Handler<Params, Query, Answer>,
): Route {
  const answer = async (request: Request, context: Context): Promise<Response> => {
    const requestId = request.headers.get('x-request-id') ?? randomUUID()
    const { pathname, searchParams, search } = new URL(request.url)
    const fail = (kind: ProblemName, detail: string, more: Pick<Problem, 'errors' | 'headers'> = {}) =>
      problem({ kind, detail, instance: pathname + search, requestId, ...more })
    try {
      const params = parsePath(contract.params, (await context.params) ?? {})
      // An id that can't be one names nothing.
      if (!params.ok) return fail('not-found', `There is nothing at ${pathname}: ${sentenceOf(params.errors)}`)
      const query = parseQuery(contract.query, searchParams)
      if (!query.ok) return fail('invalid-parameter', sentenceOf(query.errors), { errors: query.errors })
      const type = typeFor(request, handler.stream !== undefined)
      if (!type)
        return fail(
          'not-acceptable',
          `${contract.path} is sent as application/json${handler.stream ? ' or application/x-ndjson' : ''}.`,
        )

      const { origin } = originFor(request)
      const href = origin + pathOf(contract.path, params.value) + queryOf(contract.query, query.value)
      const asked: Asked<Params, Query> = { params: params.value, query: query.value, origin, href, request }
      const nothing = () => fail('not-found', `There is nothing at ${pathname}.`)
      if (contract.isPersonal) {
        const own = await handler.read(asked)
        return own === null
          ? nothing()
          : Response.json(own, { headers: { 'cache-control': 'private, no-store', 'x-request-id': requestId } })
      }
      if (type === NDJSON && handler.stream) return await streamed(request, asked, handler.stream, requestId, nothing)
      return await answered(request, contract, asked, handler.read, requestId, nothing)
    } catch (error) {
      if (error instanceof RequestFault)
        return fail(error.kind, error.message, error.errors && { errors: error.errors })
      const kind =
        error instanceof AppError ? kindOf[error.code] : isUnavailable(error) ? 'unavailable' : 'internal-error'
      if (!(error instanceof AppError)) console.error(`Request ${requestId}, ${request.method} ${pathname}:`, error)
      return fail(kind, error instanceof AppError ? error.message : (DETAILS[kind] ?? ''), {
        ...(kind === 'unavailable' && { headers: { 'retry-after': RETRY_AFTER } }),
      })
    }
  }
  return Object.assign(answer, { contract: contract as unknown as Contract })
}

const DETAILS: Partial<Record<ProblemName, string>> = {
  unavailable: 'The catalogue can’t be read just now.',
  'internal-error': 'This is a fault of ours. It was written down under the request id.',
}

const JSON_TYPE = 'application/json'
const NDJSON = 'application/x-ndjson'

/** What is sent to a client by its Accept header; null where it takes nothing that there is. */
function typeFor(request: Request, streams: boolean): string | null {
  const accept = request.headers.get('accept')
  if (accept === null) return JSON_TYPE
  const types = streams ? [JSON_TYPE, NDJSON] : [JSON_TYPE]
  return new Negotiator({ headers: { accept } }).mediaType(types) ?? null
}

async function answered<Params extends z.ZodObject, Query extends z.ZodObject, Answer extends z.ZodType>(
  request: Request,
  contract: Contract<Params, Query, Answer>,
  asked: Asked<Params, Query>,
  read: Handler<Params, Query, Answer>['read'],
  requestId: string,
  nothing: () => Response,
): Promise<Response> {
  const version = await versionOf(contract, asked.href)
  const key = `${version.name} ${asked.href}`
  const kept = await dataCached(key, async (): Promise<Representation | Nothing> => {
    const answer = await read(asked)
    if (answer === null) return NOTHING
    const grown = (representation: Representation) => reweigh(key, representation)
    if (answer instanceof Moved) {
      const { id, movedTo, href } = answer
      return new Representation({ id, movedTo, href }, { location: href }, { status: 308, grown })
    }
    return new Representation(answer as object, linksOf(answer as object), { grown })
  })
  if (!(kept instanceof Representation)) return nothing()
  const coding = kept.codingFor(codingFor(request.headers.get('accept-encoding') ?? undefined))
  const modified = lastModifiedOf(version, Date.now())
  return new Response(new Uint8Array(await kept.body(coding)), {
    status: kept.status,
    headers: {
      'content-type': JSON_TYPE,
      'cache-control': CACHE_CONTROL,
      vary: 'Accept, Accept-Encoding',
      etag: etagOf(version, coding),
      age: String(Math.floor((Date.now() - kept.madeAt) / 1000)),
      ...(modified && { 'last-modified': modified }),
      ...(coding !== 'identity' && { 'content-encoding': coding }),
      'x-request-id': requestId,
      ...kept.headers,
    },
  })
}

/** That there is nothing at an address is kept too. */
type Nothing = { bytes: number }
const NOTHING: Nothing = { bytes: 0 }

/** Where a list goes on, as RFC 8288 has it. */
function linksOf(answer: object): Record<string, string> {
  const { next, previous } = answer as { next?: string | null; previous?: string | null }
  const links = [next && `<${next}>; rel="next"`, previous && `<${previous}>; rel="prev"`].filter(Boolean)
  return links.length > 0 ? { link: links.join(', ') } : {}
}

async function streamed<Params extends z.ZodObject, Query extends z.ZodObject>(
  request: Request,
  asked: Asked<Params, Query>,
  stream: NonNullable<Handler<Params, Query, z.ZodType>['stream']>,
  requestId: string,
  nothing: () => Response,
): Promise<Response> {
  const parts = await stream(asked)
  if (parts === null) return nothing()
  const headers = { vary: 'Accept, Accept-Encoding', 'x-request-id': requestId }
  if (parts instanceof Moved)
    return Response.json(
      { id: parts.id, movedTo: parts.movedTo, href: parts.href },
      { status: 308, headers: { ...headers, location: parts.href } },
    )
  return new Response(request.method === 'HEAD' ? null : streamOf(parts), {
    headers: { ...headers, 'content-type': NDJSON, 'cache-control': 'no-store' },
  })
}
