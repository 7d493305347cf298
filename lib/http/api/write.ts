import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { callerOf, whyNotWrite } from '@/lib/http/gate/caller'
import { type Problem, problem } from '@/lib/http/problem'
import type { ProblemName } from '@/lib/http/problems'
import { originFor } from '@/lib/http/site-url'
import { pathOf } from './address'
import type { Section } from './contract'
import { Moved } from './endpoint'
import { faultOf, isExpected, RequestFault } from './fault'
import { parsePath, parseQuery, sentenceOf } from './parameters'
import { checkPreconditions } from './precondition'

/**
 * What an operation promises that changes something: as a contract does of those that read. Operators alone may, by a key
 * of theirs.
 */
export type WriteContract<
  Params extends z.ZodObject = z.ZodObject,
  Answer extends z.ZodType | null = z.ZodType | null,
> = {
  /** Names the operation: "putAlbumArtwork". */
  id: string
  section: Section
  method: 'PUT' | 'DELETE'
  /** Below the API's own path. */
  path: string
  summary: string
  description: string
  params: Params
  /** What is sent, where something is: media types, and what it is. */
  body?: { types: readonly string[]; most: number; description: string }
  /** What is answered; null for nothing (204). */
  answer: Answer
  /** The strong entity tag of what is answered: the version that `If-Match` names. */
  etagOf?: (answer: z.input<NonNullable<Answer>>) => string
  /** What the entity tag is, for the reference. */
  etag: string
  /** Whether an id may have been merged into another, and leads there. */
  moves?: boolean
  /** What is wrong where the thing is as it is. */
  example: { params: Record<string, string> }
}

/** Fixes the types of a contract. */
export const writeContract = <Params extends z.ZodObject, Answer extends z.ZodType | null>(
  of: WriteContract<Params, Answer>,
): WriteContract<Params, Answer> => of

/** What a handler is asked, once it is known to be right, and that it may. */
export type AskedWrite<Params extends z.ZodObject> = {
  params: z.output<Params>
  /** Where the site is for this client. */
  origin: string
  /** What was sent; empty where nothing is to be. */
  body: Uint8Array
  /**
   * Checks `If-Match` and `If-None-Match`. Every write calls it in the transaction that it writes in.
   * @param current the entity tag of what there is; null where there is nothing. @throws RequestFault.
   */
  check: (current: string | null) => void
  /** The client has gone. */
  left: AbortSignal
}

/** Next.js gives no parameters where a path has none. */
type Context = { params: Promise<Record<string, string> | undefined> }

/** A route handler that changes something, and the contract that it keeps. */
export type WriteRoute = ((request: Request, context: Context) => Promise<Response>) & { contract: WriteContract }

/**
 * A route handler that keeps the contract.
 * @param write returns what is answered; null where there is nothing at this address. @throws RequestFault for what only
 * writing can tell.
 */
export function writeEndpoint<Params extends z.ZodObject, Answer extends z.ZodType | null>(
  contract: WriteContract<Params, Answer>,
  write: (asked: AskedWrite<Params>) => Promise<WriteAnswer<Answer> | Moved | null>,
): WriteRoute {
  const answer = async (request: Request, context: Context): Promise<Response> => {
    const requestId = request.headers.get('x-request-id') ?? randomUUID()
    const { pathname, searchParams, search } = new URL(request.url)
    const headers = { 'cache-control': 'private, no-store', 'x-request-id': requestId }
    const fail = (kind: ProblemName, detail: string, more: Pick<Problem, 'errors' | 'headers'> = {}) =>
      problem({ kind, detail, instance: pathname + search, requestId, ...more })
    try {
      // The gate has refused who may not; nothing is ever written for others, whatever it does.
      const refusal = whyNotWrite(callerOf(request))
      if (refusal) return fail(refusal.kind, refusal.detail, refusal.headers && { headers: refusal.headers })
      const params = parsePath(contract.params, (await context.params) ?? {})
      if (!params.ok) return fail('not-found', `There is nothing at ${pathname}: ${sentenceOf(params.errors)}`)
      const query = parseQuery(NONE, searchParams)
      if (!query.ok) return fail('invalid-parameter', sentenceOf(query.errors), { errors: query.errors })
      const body = contract.body ? await bodyOf(request, contract.body) : new Uint8Array()

      const { origin } = originFor(request)
      const check = (current: string | null) => checkPreconditions(request.headers, current)
      const written = await write({ params: params.value, origin, body, check, left: request.signal })
      if (written === null) return fail('not-found', `There is nothing at ${pathname}.`)
      if (written instanceof Moved) {
        const { id, movedTo, href } = written
        return Response.json({ id, movedTo, href }, { status: 308, headers: { ...headers, location: href } })
      }
      return contract.answer === null
        ? new Response(null, { status: 204, headers })
        : Response.json(written, { headers: { ...headers, ...etagHeader(contract, written) } })
    } catch (error) {
      if (!isExpected(error)) console.error(`Request ${requestId}, ${request.method} ${pathname}:`, error)
      return problem({ ...faultOf(error), instance: pathname + search, requestId })
    }
  }
  return Object.assign(answer, { contract })
}

const etagHeader = <Answer extends z.ZodType | null>(
  { etagOf }: Pick<WriteContract<z.ZodObject, Answer>, 'etagOf'>,
  written: unknown,
): Record<string, string> => (etagOf ? { etag: etagOf(written as z.input<NonNullable<Answer>>) } : {})

type WriteAnswer<Answer> = Answer extends z.ZodType ? z.input<Answer> : 'done'

const NONE = z.strictObject({})

/** The same of what a thing was merged into. */
export const movedTo = (id: number, { path }: Pick<WriteContract, 'path'>, from: number, origin: string): Moved =>
  new Moved(from, id, origin + pathOf(path, { id }))

/** Types that say nothing of what comes. */
const ANY = ['', 'application/octet-stream', 'application/x-www-form-urlencoded']

/** Reads what is sent. What it is said to be is believed where it can't be: what it is, the handler finds out. */
async function bodyOf(request: Request, { types, most }: NonNullable<WriteContract['body']>): Promise<Uint8Array> {
  const said = (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (!ANY.includes(said) && !types.includes(said))
    throw new RequestFault('unsupported-media-type', `This address takes ${types.join(', ')}.`)
  const reader = request.body?.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    length += part.value.length
    if (length > most) {
      await reader?.cancel()
      throw new RequestFault('content-too-large', `It may not have more than ${most} bytes.`)
    }
    chunks.push(part.value)
  }
  return Buffer.concat(chunks)
}
