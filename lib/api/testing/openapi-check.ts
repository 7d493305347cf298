import Ajv2020 from 'ajv/dist/2020'
import addFormats from 'ajv-formats'
import { z } from 'zod'
import { getOpenApi } from '@/lib/api/contract'
import { getRoot, operations, writes } from '@/lib/api/operations'
import { NDJSON } from '@/lib/http/api/negotiate'
import { openApi } from '@/lib/http/api/openapi'

/** Compares responses with the OpenAPI document. */

const Content = z.looseObject({ schema: z.looseObject({}) })
const Described = z.looseObject({
  $ref: z.string().optional(),
  headers: z.record(z.string(), z.unknown()).optional(),
  content: z.record(z.string(), Content).optional(),
  'x-ndjson': z.looseObject({ itemSchema: z.looseObject({}) }).optional(),
})
const Document = z.looseObject({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.looseObject({ operationId: z.string(), responses: z.record(z.string(), Described) })),
  ),
  components: z.looseObject({ responses: z.record(z.string(), Described) }),
})

type Json = { [name: string]: unknown }

/** Allows only the listed values: clients must be ready for others, but this version returns none. */
function closed(schema: Json): Json {
  const { anyOf, ...rest } = schema
  const listed = Array.isArray(anyOf) && anyOf.find((one) => 'enum' in one)
  return listed &&
    anyOf.length === 2 &&
    anyOf.some((one) => Object.keys(one).join() === 'type' && one.type === 'string')
    ? { ...listed, ...rest }
    : schema
}

/** The schema of a resource when `fields` omits some of it. */
function partial(schema: Json): Json {
  const { properties } = schema
  const isThing = typeof properties === 'object' && ['id', 'href', 'url'].every((name) => name in (properties ?? {}))
  return isThing ? { ...schema, required: ['id', 'href'] } : schema
}

/** A document with each of its schemas changed. */
const mapped = (value: unknown, change: (schema: Json) => Json): unknown => {
  if (Array.isArray(value)) return value.map((each) => mapped(each, change))
  if (typeof value !== 'object' || value === null) return value
  return change(Object.fromEntries(Object.entries(value).map(([name, each]) => [name, mapped(each, change)])))
}

const document = Document.parse(
  mapped(
    openApi([...operations, getRoot, getOpenApi], { version: '1.0.0', origin: 'http://localhost:3000' }, { writes }),
    closed,
  ),
)
const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats(ajv)
ajv.addSchema({ ...document, $id: 'openapi' })
ajv.addSchema({ ...Document.parse(mapped(document, partial)), $id: 'partial' })

/** Headers that the gate adds to every response. */
const LIMIT_HEADERS = /^(x-)?ratelimit/i

const pointer = (id: 'openapi' | 'partial', ...parts: string[]) =>
  `${id}#/${parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`

/** The description of a response, and its place in the document. */
function descriptionOf(id: string, status: number) {
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const { path = '', method = '', operation } = all.find(({ operation }) => operation.operationId === id) ?? {}
  const described = operation?.responses[status]
  if (!described) return undefined
  const name = described.$ref?.split('/').at(-1)
  return name === undefined
    ? { ...described, at: ['paths', path, method, 'responses', `${status}`] }
    : { ...document.components.responses[name], at: ['components', 'responses', name] }
}

/**
 * The difference between a response body and the document; empty without any.
 * @param isPartial whether `fields` was given.
 */
export function valueFaults(id: string, status: number, type: string, value: unknown, isPartial = false): string {
  const described = descriptionOf(id, status)
  if (!described) return `${id} does not document ${status}`
  const at = described.content?.[type] ? ['content', type, 'schema'] : ['x-ndjson', 'itemSchema']
  if (at[0] === 'x-ndjson' && !(type === NDJSON && described['x-ndjson']))
    return `${id} does not document ${status} as ${type}`
  const validate = ajv.getSchema(pointer(isPartial ? 'partial' : 'openapi', ...described.at, ...at))
  if (!validate) return `${id} has no schema for ${status} as ${type}`
  return validate(value) ? '' : ajv.errorsText(validate.errors)
}

/** Responses for one caller have no entity tag. */
const isPersonal = (headers: Headers) => headers.get('cache-control')?.includes('private, no-store')

/**
 * The difference between a response and the document.
 * @param text the body, if it is one document.
 * @param isPartial whether `fields` was given.
 */
export function answerFaults(id: string, { status, headers }: Response, text: string, isPartial = false): string {
  const described = descriptionOf(id, status)
  if (!described) return `${id} does not document ${status}`
  const undocumented = [...headers.keys()].filter(
    (name) =>
      !/^(age|content-(type|encoding|length)|cache-control)$/.test(name) &&
      !Object.keys(described.headers ?? {}).some((known) => known.toLowerCase() === name),
  )
  if (undocumented.length > 0) return `${id} does not document ${status} with ${undocumented.join(', ')}`
  const unsent = Object.keys(described.headers ?? {}).filter(
    (name) => !headers.has(name) && !LIMIT_HEADERS.test(name) && !MAY_BE_ABSENT.includes(name),
  )
  if (unsent.length > 0) return `${id} answers ${status} without ${unsent.join(', ')}`
  const isAnswer =
    status === 304 || (status === 200 && headers.get('content-type') === 'application/json' && !isPersonal(headers))
  if (headers.has('etag') !== isAnswer) return `${id} answers ${status} ${isAnswer ? 'without' : 'with'} an ETag`
  if (status === 304 || status === 204) return text === '' ? '' : `A ${status} has no body`
  return valueFaults(id, status, headers.get('content-type') ?? '', JSON.parse(text), isPartial)
}

/** A list of one page has no Link, and recently changed data no Last-Modified. */
const MAY_BE_ABSENT = ['Link', 'Last-Modified', 'ETag', 'Deprecation', 'Sunset']
