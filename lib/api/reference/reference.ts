import { documentWith } from '@/lib/api/document'
import { type Example, readExamples } from '@/lib/api/examples'
import { version } from '@/lib/api/version'
import { pathOf } from '@/lib/http/api/address'
import { API } from '@/lib/http/api/contract'
import { NDJSON } from '@/lib/http/api/negotiate'
import { limitHeaders } from '@/lib/http/limits/headers'
import { apiPolicies } from '@/lib/http/limits/policy'
import { siteOrigin } from '@/lib/http/site-url'
import { Described, type Parameter as DescribedParameter, type Response } from './openapi-shapes'
import { type ProblemText, problemTexts } from './problems'
import { sampleOf } from './sample'
import { type Field, fieldsOf, isOpen, isSeveral, typeOf, valuesOf, type Words } from './types'

/** The content of the reference page: the OpenAPI document of this catalogue, as text. */
export type Reference = {
  /** The address of the API: "https://example.org/api/v1". */
  base: string
  version: string
  /** The requests in a window, and the headers that tell them. */
  limits: { anonymous: number; keyed: number; windowSeconds: number; headers: string }
  /** A first request: its absolute address and its response. */
  first: { address: string; sample: string }
  /** The slug of an existing genre. */
  genre: string
  sections: { id: string; name: string; description: string; operations: Operation[] }[]
  schemas: NamedSchema[]
  headers: { name: string; description: string }[]
  /** Problem documents for a wrong parameter, and for a client over its limit. */
  refusals: { invalid: string; limited: string }
}

export type Operation = {
  id: string
  method: string
  /** Below the API's own path. */
  path: string
  summary: string
  description?: string | undefined
  parameters: Parameter[]
  /** The request body: its media types and its description. */
  body?: { description: string; media: string[] } | undefined
  /** Whether it needs a key. */
  needsKey: boolean
  answers: Answer[]
  problems: { status: number; kinds: ProblemText[] }[]
  /** Absolute. */
  address: string
  /** Its response, as shortened JSON. */
  sample?: string | undefined
}

export type Parameter = {
  name: string
  in: 'path' | 'query'
  type: Words
  default?: string | undefined
  values?: string[] | undefined
  /** Whether it accepts several values. */
  isSeveral: boolean
  description?: string | undefined
  example?: string | undefined
}

/** A response that is not a problem. */
export type Answer = { status: number; description: string; bodies: { media: string; type: Words }[] }

export type NamedSchema = {
  name: string
  description?: string | undefined
  fields: Field[]
  /** The values, where the schema lists them, and whether later versions may add some. */
  values?: string[] | undefined
  isOpen: boolean
  /** For a union: its schemas, and the field that distinguishes them. */
  choice?: { of: Words; by: string } | undefined
}

/** The reference of this catalogue, at its own address. @throws AppError when the catalogue can't be read. */
export async function readReference(): Promise<Reference> {
  const examples = await readExamples(siteOrigin)
  const document = Described.parse(documentWith(examples, siteOrigin))
  return referenceOf(document, examples)
}

function referenceOf(document: Described, examples: readonly Example[]): Reference {
  const { tags, paths, components } = document
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => {
      const { operationId: id, tags, summary, description, parameters, requestBody, security, responses } = described
      const example = examples.find(({ operation }) => operation.id === id)
      const all = Object.entries(responses).map(([status, response]) => ({
        status: Number(status),
        response: '$ref' in response ? responseAt(response.$ref, components.responses) : response,
      }))
      const operation: Operation = {
        id,
        method: method.toUpperCase(),
        path,
        summary,
        description,
        parameters: parameters.map(toParameter),
        body: requestBody && { description: requestBody.description, media: Object.keys(requestBody.content) },
        needsKey: security !== undefined,
        answers: all.filter(({ status }) => status < 400).map(toAnswer),
        problems: all
          .filter(({ status }) => status >= 400)
          .map(({ status }) => ({ status, kinds: kindsOf(status, parameters) })),
        address: forPeople(example?.address ?? siteOrigin + filled(path, parameters)),
        sample: example?.answer === undefined ? undefined : sampleOf(example.answer),
      }
      return { section: tags[0], operation }
    }),
  )
  return {
    base: siteOrigin + API,
    version,
    limits: {
      anonymous: apiPolicies.anonymous.quota,
      keyed: apiPolicies.keyed.quota,
      windowSeconds: apiPolicies.keyed.windowSeconds,
      headers: limitSample(),
    },
    first: firstOf(examples),
    genre: examples.find(({ operation }) => operation.example.params?.slug)?.operation.example.params?.slug ?? 'rock',
    sections: tags.map(({ name, description }) => ({
      id: name.toLowerCase(),
      name,
      description,
      operations: operations.filter(({ section }) => section === name).map(({ operation }) => operation),
    })),
    schemas: Object.entries(components.schemas)
      .map(([name, schema]) => ({
        name,
        description: schema.description,
        fields: fieldsOf(schema, components.schemas),
        values: schema.properties ? undefined : valuesOf(schema),
        isOpen: isOpen(schema),
        choice: schema.discriminator && { of: typeOf(schema), by: schema.discriminator.propertyName },
      }))
      .toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
    headers: Object.entries(components.headers).map(([name, { description }]) => ({ name, description })),
    refusals: {
      invalid: problemSample('BadRequest', components.responses),
      limited: problemSample('TooManyRequests', components.responses),
    },
  }
}

function firstOf(examples: readonly Example[]): Reference['first'] {
  const example = examples.find(({ operation }) => operation.id === 'listAlbums')
  if (!example) throw new Error('There is no listAlbums')
  return { address: forPeople(example.address), sample: sampleOf(example.answer, 1) }
}

/** A moment in the middle of a window, in ms since the epoch. */
const SAMPLE_NOW = Date.UTC(2026, 0, 1)

function limitSample(): string {
  const policy = apiPolicies.anonymous
  const remaining = Math.floor(policy.quota * 0.42)
  const resetAt = SAMPLE_NOW + policy.windowSeconds * 500
  const headers = limitHeaders({ policy, allowed: true, remaining, resetAt }, SAMPLE_NOW)
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
}

const problemSample = (name: string, responses: Record<string, Response>): string =>
  sampleOf(responses[name]?.content?.['application/problem+json']?.example)

function responseAt($ref: string, responses: Record<string, Response>): Response {
  const response = responses[$ref.slice('#/components/responses/'.length)]
  if (!response) throw new Error(`${$ref} leads nowhere`)
  return response
}

function toParameter({ name, in: where, description, schema, example }: DescribedParameter): Parameter {
  const values = valuesOf(schema)
  const isPlain = example === undefined || values !== undefined || schema.default !== undefined
  return {
    name,
    in: where,
    description,
    type: isSeveral(schema) ? ['list, divided by commas'] : typeOf(schema),
    default: schema.default === undefined ? undefined : String(schema.default),
    values,
    isSeveral: isSeveral(schema),
    // No example where the values are listed, or where it would be the default.
    example: isPlain ? undefined : String(example),
  }
}

function toAnswer({ status, response }: { status: number; response: Response }): Answer {
  const { description, content = {}, 'x-ndjson': stream } = response
  const bodies = Object.entries(content).map(([media, { schema }]) => ({ media, type: typeOf(schema) }))
  return {
    status,
    description,
    bodies: stream ? [...bodies, { media: NDJSON, type: typeOf(stream.itemSchema) }] : bodies,
  }
}

/** The kinds of problem with a status; only operations with a cursor can have an invalid one. */
const kindsOf = (status: number, parameters: DescribedParameter[]): ProblemText[] =>
  problemTexts.filter(
    (each) =>
      each.status === status && (each.kind !== 'invalid-cursor' || parameters.some(({ name }) => name === 'cursor')),
  )

/** The path of an operation without an example in this catalogue, with the document's values. */
const filled = (path: string, parameters: DescribedParameter[]): string =>
  pathOf(path, Object.fromEntries(parameters.map(({ name, example }) => [name, example])))

/** An address in readable form: commas need no escape. */
const forPeople = (address: string): string => address.replaceAll('%2C', ',')
