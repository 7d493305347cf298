import type { z } from 'zod'
import { originFor } from '@/lib/http/site-url'
import { pathOf } from './address'
import type { WriteContract } from './contract'
import { type Call, Moved, type Route } from './endpoint'
import { RequestFault } from './fault'
import { checkPreconditions } from './precondition'

/** The input of a handler that writes. */
export type WriteInput<Params extends z.ZodObject> = {
  params: z.output<Params>
  /** The origin of the site for this client. */
  origin: string
  /** The request body; empty where the operation takes none. */
  body: Uint8Array
  /**
   * Checks `If-Match` and `If-None-Match`. Every write calls it in its transaction.
   * @param current the entity tag of the resource; null where there is none.
   * @throws RequestFault.
   */
  check: (current: string | null) => void
  /** Aborts when the client disconnects. */
  left: AbortSignal
}

/**
 * The route of an operation that writes.
 * @param write returns the body of the response; null where there is nothing at this address. @throws RequestFault for
 * faults that only writing can find.
 */
export function writeEndpoint<Params extends z.ZodObject, Answer extends z.ZodType | null>(
  contract: WriteContract<Params, Answer>,
  write: (input: WriteInput<Params>) => Promise<WriteAnswer<Answer> | Moved | null>,
): Route {
  const answer = async ({ request, requestId, params }: Call): Promise<Response | null> => {
    const headers = { 'cache-control': 'private, no-store', 'x-request-id': requestId }
    const body = contract.body ? await bodyOf(request, contract.body, contract.maxBody) : new Uint8Array()
    const { origin } = originFor(request)
    const check = (current: string | null) => checkPreconditions(request.headers, current)
    // The parameters were parsed by the schema of this contract.
    const input = { params, origin, body, check, left: request.signal } as WriteInput<Params>
    const written = await write(input)
    if (written === null) return null
    if (written instanceof Moved) {
      const { id, movedTo, href } = written
      return Response.json({ id, movedTo, href }, { status: 308, headers: { ...headers, location: href } })
    }
    return contract.answer === null
      ? new Response(null, { status: 204, headers })
      : Response.json(written, { headers: { ...headers, ...etagHeader(contract, written) } })
  }
  return { contract: contract as unknown as WriteContract, answer }
}

const etagHeader = <Answer extends z.ZodType | null>(
  { etagOf }: Pick<WriteContract<z.ZodObject, Answer>, 'etagOf'>,
  written: unknown,
): Record<string, string> => (etagOf ? { etag: etagOf(written as z.input<NonNullable<Answer>>) } : {})

type WriteAnswer<Answer> = Answer extends z.ZodType ? z.input<Answer> : 'done'

/** The same operation on the resource that the id was merged into. */
export const movedTo = (id: number, { path }: Pick<WriteContract, 'path'>, from: number, origin: string): Moved =>
  new Moved(from, id, origin + pathOf(path, { id }))

/** Media types that tell nothing about the content. */
const ANY = ['', 'application/octet-stream', 'application/x-www-form-urlencoded']

/**
 * Reads the request body. A specific media type must be one that the operation takes; the handler checks the content
 * itself.
 */
async function bodyOf(
  request: Request,
  { types }: NonNullable<WriteContract['body']>,
  maxBody: number,
): Promise<Uint8Array> {
  const mediaType = (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (!ANY.includes(mediaType) && !types.includes(mediaType))
    throw new RequestFault('unsupported-media-type', `This address takes ${types.join(', ')}.`)
  const reader = request.body?.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    length += part.value.length
    if (length > maxBody) {
      await reader?.cancel()
      throw new RequestFault('content-too-large', `It may not have more than ${maxBody} bytes.`)
    }
    chunks.push(part.value)
  }
  return Buffer.concat(chunks)
}
