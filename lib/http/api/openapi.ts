import { z } from 'zod'
import { problems } from '@/lib/http/problems'
import { API, type Contract, type Operation, sections, type WriteContract } from './contract'
import { deprecationText } from './deprecation'
import { named } from './schema-names'
import { MovedAnswer } from './shapes'

/** The OpenAPI 3.1 document, made from the contracts. */

type Json = { [name: string]: unknown }

const ref = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` })

/** Named schemas become components. */
function componentSchemas(): { schemas: Json; of: (schema: z.ZodType) => Json } {
  const { schemas } = z.toJSONSchema(named, { ...asDocumented, uri: (id) => `#/components/schemas/${id}` })
  const components = Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, plain(schema)]))
  for (const schema of Object.values(components)) mapDiscriminator(schema, components)
  const of = (schema: z.ZodType): Json => {
    const name = named.get(schema)?.id
    return name ? ref('schemas', name) : plain(z.toJSONSchema(schema, asDocumented))
  }
  return { schemas: components, of }
}

const Choice = z.looseObject({
  oneOf: z.array(z.object({ $ref: z.string() })),
  discriminator: z.looseObject({ propertyName: z.string() }),
})
const Distinct = z.looseObject({ properties: z.record(z.string(), z.looseObject({ const: z.string().optional() })) })

/** Maps the discriminator's values to schemas. Without that, generators take the schemas' names for the values. */
function mapDiscriminator(schema: Json, components: Record<string, Json>): void {
  const choice = Choice.safeParse(schema).data
  if (!choice) return
  const { propertyName } = choice.discriminator
  const mapping = choice.oneOf.map(({ $ref }) => {
    const { properties } = Distinct.parse(components[$ref.slice(ref('schemas', '').$ref.length)])
    return [properties[propertyName]?.const, $ref]
  })
  schema.discriminator = { propertyName, mapping: Object.fromEntries(mapping) }
}

/** Drops keywords that only a separate document needs. */
function plain(schema: unknown): Json {
  const { $schema: _dialect, $id: _address, id: _name, ...rest } = schema as Json
  return rest
}

/** How schemas become JSON Schema, with OpenAPI's additions. */
const asDocumented = {
  io: 'input',
  unrepresentable: 'any',
  override: ({ jsonSchema }: { jsonSchema: Json }) => {
    const { isExtensible, discriminator, enum: values, type, anyOf, oneOf = anyOf, ...rest } = jsonSchema
    if (isExtensible) replace(jsonSchema, { anyOf: [{ type, enum: values }, { type }], ...rest })
    if (typeof discriminator === 'string')
      replace(jsonSchema, { oneOf, discriminator: { propertyName: discriminator }, ...rest })
  },
} as const

function replace(schema: Json, by: Json): void {
  for (const name of Object.keys(schema)) delete schema[name]
  Object.assign(schema, by)
}

const header = (description: string, schema: Json = { type: 'string' }) => ({ description, schema })

const headers: Json = {
  ETag: header('The version of this response, for `If-None-Match`.'),
  'Last-Modified': header('When its data last changed.'),
  'Cache-Control': header('How long browsers and shared caches may store the response.'),
  Link: header('The next and the previous page of a list (RFC 8288).'),
  Location: header('The new address.'),
  Vary: header('Request headers that the response depends on.'),
  Deprecation: header('When a part that the request uses was deprecated (RFC 9745): `@1796083200`.'),
  Sunset: header('When that part may be removed (RFC 8594).'),
  'Retry-After': header('Seconds until a retry.', { type: 'integer' }),
  RateLimit: header('The remaining requests, and the seconds until the next window: `"anonymous";r=42;t=1800`.'),
  'RateLimit-Policy': header('The limit and its window in seconds: `"anonymous";q=100;w=3600`.'),
  'X-RateLimit-Limit': header('Requests in a window.', { type: 'integer' }),
  'X-RateLimit-Remaining': header('Remaining requests.', { type: 'integer' }),
  'X-RateLimit-Reset': header('When the next window begins, in seconds since the epoch.', { type: 'integer' }),
  'X-Request-Id': header('The id of the request, also in our logs.'),
}

const always = [
  'X-Request-Id',
  'RateLimit-Policy',
  'RateLimit',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
]
const headersOf = (...names: string[]) =>
  Object.fromEntries([...names, ...always].map((name) => [name, ref('headers', name)]))

const Problem: Json = {
  type: 'object',
  description: 'An error (RFC 9457).',
  required: ['type', 'title', 'status', 'detail', 'instance', 'requestId'],
  properties: {
    type: {
      type: 'string',
      format: 'uri-reference',
      description: 'The address of the explanation of this kind of problem.',
    },
    title: { type: 'string', description: 'The kind of problem, in words.' },
    status: { type: 'integer', description: 'The status of the response.' },
    detail: { type: 'string', description: 'The cause of this problem, in a sentence.' },
    instance: { type: 'string', description: 'Path and query of the request.' },
    requestId: { type: 'string', description: 'The id of the request, as in `X-Request-Id`.' },
    errors: {
      type: 'array',
      description: 'The invalid fields.',
      items: {
        type: 'object',
        required: ['in', 'field', 'message'],
        properties: {
          in: { enum: ['query', 'path', 'header', 'body'], description: 'The part of the request.' },
          field: { type: 'string', description: 'The name of the field; in a body its path.' },
          message: { type: 'string', description: 'The error in words.' },
          allowed: { type: 'array', items: { type: 'string' }, description: 'The valid values.' },
        },
      },
    },
  },
}

type ProblemExample = { errors?: Json[]; headers?: string[] }

/** The response for a kind of problem, with an example. */
const problemResponse = (
  kind: keyof typeof problems,
  detail: string,
  { errors, headers = [] }: ProblemExample = {},
): Json => ({
  description: problems[kind].explanation,
  headers: headersOf(...headers),
  content: {
    'application/problem+json': {
      schema: ref('schemas', 'Problem'),
      example: {
        type: `/api/docs/problems#${kind}`,
        title: problems[kind].title,
        status: problems[kind].status,
        detail,
        instance: `${API}/albums`,
        requestId: '0b3f9f4e-5a52-4d3b-8f0e-6d1f7f1b2c3d',
        ...(errors && { errors }),
      },
    },
  },
})

const responses: Json = {
  NotModified: {
    description: 'The client has the current version. The request is free.',
    headers: headersOf('ETag', 'Cache-Control', 'Last-Modified', 'Vary'),
  },
  BadRequest: problemResponse('invalid-parameter', 'sort must be one of id, newest, title, popular, longest.', {
    errors: [
      {
        in: 'query',
        field: 'sort',
        message: 'must be one of id, newest, title, popular, longest',
        allowed: ['id', 'newest', 'title', 'popular', 'longest'],
      },
    ],
  }),
  Unauthorized: problemResponse('unauthorized', 'This key is unknown.'),
  Forbidden: problemResponse('forbidden', 'This needs the key of an operator; yours is a listener’s.'),
  NotFound: problemResponse('not-found', `There is nothing at ${API}/albums/0.`),
  NotAcceptable: problemResponse('not-acceptable', '/albums is sent as application/json or application/x-ndjson.'),
  PreconditionFailed: problemResponse('precondition-failed', 'If-None-Match matches: the current version is "0f5e…".', {
    errors: [{ in: 'header', field: 'If-None-Match', message: 'matches: the current version is "0f5e…"' }],
  }),
  ContentTooLarge: problemResponse('content-too-large', 'A picture may not be larger than 20,971,520 bytes.'),
  UnsupportedMediaType: problemResponse(
    'unsupported-media-type',
    'This address takes image/jpeg, image/png; the body has another type.',
  ),
  UnprocessableContent: problemResponse(
    'unprocessable-content',
    'The picture can’t be used. It takes more than 10 s of CPU time to decode.',
  ),
  TooManyRequests: problemResponse(
    'too-many-requests',
    'All 100 requests of this window are used; the next one begins in 1,800 s. With a key there are 1,000.',
    { headers: ['Retry-After'] },
  ),
  Unavailable: problemResponse('unavailable', 'The catalogue can’t be read just now.', { headers: ['Retry-After'] }),
  InternalError: problemResponse('internal-error', 'This is an error on our side.'),
}

const failures = {
  '400': ref('responses', 'BadRequest'),
  '401': ref('responses', 'Unauthorized'),
  '406': ref('responses', 'NotAcceptable'),
  '429': ref('responses', 'TooManyRequests'),
  '500': ref('responses', 'InternalError'),
  '503': ref('responses', 'Unavailable'),
}

export type OpenApiInfo = { version: string; origin: string }

/** @param examples the response of each operation to its example, by its id. @param writes operations that write. */
export function openApi(
  operations: readonly Contract[],
  { version, origin }: OpenApiInfo,
  { examples = {}, writes = [] }: { examples?: Record<string, unknown>; writes?: readonly WriteContract[] } = {},
): Json {
  const { schemas, of } = componentSchemas()
  const paths: Record<string, Json> = {}
  for (const operation of operations) {
    const { id, path, section, summary, description, line, moves, cache, params } = operation
    const isCached = cache.for === 'everyone'
    paths[path || '/'] = {
      get: {
        operationId: id,
        tags: [section],
        summary,
        ...(description && { description }),
        parameters: [...parametersOf(operation, 'path', of), ...parametersOf(operation, 'query', of)],
        responses: {
          '200': {
            description: line ? 'A page of the list; or all of it, one item a line, as NDJSON.' : 'The resource.',
            headers: headersOf(
              'Cache-Control',
              ...(isCached ? ['ETag', 'Last-Modified', 'Vary'] : []),
              ...(line ? ['Link'] : []),
              ...(operation.deprecated ? ['Deprecation', 'Sunset'] : []),
            ),
            content: {
              'application/json': {
                schema: of(operation.answer),
                ...(examples[id] !== undefined && { example: examples[id] }),
              },
            },
            // NDJSON is not under `content`: client generators would type the response as "a list or a string". They
            // reject `itemSchema` of OpenAPI 3.2, which is made for this.
            ...(line && { 'x-ndjson': { itemSchema: of(line) } }),
          },
          ...(isCached && { '304': ref('responses', 'NotModified') }),
          ...(moves && {
            '308': {
              description: 'The id was merged into another.',
              headers: headersOf('Location', 'Cache-Control', 'Vary'),
              content: { 'application/json': { schema: of(MovedAnswer) } },
            },
          }),
          ...(Object.keys(params.shape).length > 0 && { '404': ref('responses', 'NotFound') }),
          ...failures,
        },
      },
    }
  }
  for (const write of writes)
    paths[write.path] = { ...paths[write.path], [write.method.toLowerCase()]: writeOperation(write, of) }
  return {
    openapi: '3.1.1',
    info: {
      title: 'SyroMusic',
      version,
      summary: 'A music catalogue: artists, albums, songs, playlists and genres.',
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    externalDocs: { url: `${origin}/api/docs`, description: 'The same for people, with a guide.' },
    servers: [{ url: origin + API }],
    security: [{}, { key: [] }],
    tags: Object.entries(sections).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key from your account page: syro_…' },
      },
      headers,
      responses,
      schemas: { ...schemas, Problem },
    },
  }
}

/** An operation that writes. */
function writeOperation(write: WriteContract, of: (schema: z.ZodType) => Json): Json {
  const { id, section, summary, description, access, maxBody, body, answer, etagOf, etag, moves } = write
  const { '406': _, ...others } = failures
  return {
    operationId: id,
    tags: [section],
    summary,
    description: `${description} \`If-Match\` and \`If-None-Match\` are honoured. ${etag}`,
    ...(access === 'operator' && { security: [{ key: [] }] }),
    parameters: parametersOf(write, 'path', of),
    ...(body && {
      requestBody: {
        required: true,
        description: body.description,
        content: Object.fromEntries(body.types.map((type) => [type, {}])),
      },
    }),
    responses: {
      ...(answer
        ? {
            '200': {
              description: 'The new state of the resource.',
              headers: headersOf('Cache-Control', ...(etagOf ? ['ETag'] : [])),
              content: { 'application/json': { schema: of(answer) } },
            },
          }
        : { '204': { description: 'Done.', headers: headersOf('Cache-Control') } }),
      ...(moves && {
        '308': {
          description: 'The id was merged into another. Nothing was changed.',
          headers: headersOf('Location', 'Cache-Control'),
          content: { 'application/json': { schema: of(MovedAnswer) } },
        },
      }),
      ...others,
      ...(access === 'operator' && { '403': ref('responses', 'Forbidden') }),
      '404': ref('responses', 'NotFound'),
      '412': ref('responses', 'PreconditionFailed'),
      ...(maxBody > 0 && {
        '413': ref('responses', 'ContentTooLarge'),
        '415': ref('responses', 'UnsupportedMediaType'),
        '422': ref('responses', 'UnprocessableContent'),
      }),
    },
  }
}

const DESCRIPTION = `Follow \`next\` to read a list page by page; the last page has none. Pages can also be requested by number, and all cost the same. With \`Accept: application/x-ndjson\` a list is sent as a whole, one item per line; \`x-ndjson\` has the schema of an item. Responses have an \`ETag\`: a conditional request with \`If-None-Match\` is free if nothing has changed.`

function parametersOf(
  { params, query, example, deprecated = [] }: Pick<Operation, 'params' | 'query' | 'example' | 'deprecated'>,
  where: 'path' | 'query',
  of: (schema: z.ZodType) => Json,
): Json[] {
  const shape = (where === 'path' ? params : query).shape as Record<string, z.ZodType>
  const examples = where === 'path' ? example.params : example.query
  return Object.entries(shape).map(([name, schema]) => {
    const { description: about, examples: given, ...rest } = of(schema)
    const notes = deprecated.filter(({ parameter }) => where === 'query' && parameter === name).map(deprecationText)
    const description = typeof about === 'string' ? [about, ...notes].join(' ') : about
    const shown = examples?.[name]
    const type = rest.type === 'array' ? { style: 'form', explode: false } : {}
    return {
      name,
      in: where,
      ...(where === 'path' && { required: true }),
      ...(typeof description === 'string' && { description }),
      ...type,
      schema: rest,
      ...(shown !== undefined
        ? { example: rest.type === 'integer' ? Number(shown) : rest.type === 'array' ? shown.split(',') : shown }
        : Array.isArray(given) && { example: given[0] }),
    }
  })
}
