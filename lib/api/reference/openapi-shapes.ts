import { z } from 'zod'

/**
 * The OpenAPI document as the reference page reads it. Parsing is strict: the page would silently omit a keyword that
 * it does not draw.
 */

export const Schema = z.strictObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  description: z.string().optional(),
  format: z.string().optional(),
  enum: z.array(z.string()).optional(),
  const: z.string().optional(),
  deprecated: z.literal(true).optional(),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  examples: z.array(z.unknown()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  multipleOf: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  maxItems: z.number().optional(),
  required: z.array(z.string()).optional(),
  get properties() {
    return z.record(z.string(), Schema).optional()
  },
  get items() {
    return Schema.optional()
  },
  get anyOf() {
    return z.array(Schema).optional()
  },
  get oneOf() {
    return z.array(Schema).optional()
  },
  discriminator: z.strictObject({ propertyName: z.string(), mapping: z.record(z.string(), z.string()) }).optional(),
  /** The same as `format`, for programs. */
  pattern: z.string().optional(),
  additionalProperties: z.unknown().optional(),
})
export type Schema = z.infer<typeof Schema>

const Ref = z.strictObject({ $ref: z.string() })
const Content = z.record(z.string(), z.strictObject({ schema: Schema, example: z.unknown().optional() }))

const Response = z.strictObject({
  description: z.string(),
  headers: z.record(z.string(), Ref),
  content: Content.optional(),
  /** The same list as a stream, one item a line. */
  'x-ndjson': z.strictObject({ itemSchema: Schema }).optional(),
})
export type Response = z.infer<typeof Response>

const Parameter = z.strictObject({
  name: z.string(),
  in: z.enum(['path', 'query']),
  required: z.boolean().optional(),
  description: z.string().optional(),
  schema: Schema,
  example: z.unknown().optional(),
  /** The notation of a list: values separated by commas. */
  style: z.literal('form').optional(),
  explode: z.literal(false).optional(),
})
export type Parameter = z.infer<typeof Parameter>

const Operation = z.strictObject({
  operationId: z.string(),
  tags: z.tuple([z.string()]),
  summary: z.string(),
  description: z.string().optional(),
  /** Whether a key is required. */
  security: z.tuple([z.strictObject({ key: z.tuple([]) })]).optional(),
  parameters: z.array(Parameter),
  requestBody: z
    .strictObject({
      required: z.literal(true),
      description: z.string(),
      content: z.record(z.string(), z.strictObject({})),
    })
    .optional(),
  responses: z.record(z.string(), z.union([Ref, Response])),
})

/** The parts of the document that the page shows. */
export const Described = z.object({
  tags: z.array(z.strictObject({ name: z.string(), description: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({
    headers: z.record(z.string(), z.strictObject({ description: z.string(), schema: Schema })),
    responses: z.record(z.string(), Response),
    schemas: z.record(z.string(), Schema),
  }),
})
export type Described = z.infer<typeof Described>
