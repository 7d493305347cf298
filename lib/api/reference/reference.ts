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

/** What the reference page shows: the OpenAPI document of this catalogue, in words. */
export type Reference = {
  /** Where the API is: "https://example.org/api/v1". */
  base: string
  version: string
  /** Requests in a window, and the header fields that tell of them. */
  limits: { anonymous: number; keyed: number; windowSeconds: number; headers: string }
  /** A first request: its absolute address, and what it answers. */
  first: { address: string; sample: string }
  /** The slug of a genre that there is. */
  genre: string
  sections: { id: string; name: string; description: string; operations: Operation[] }[]
  schemas: NamedSchema[]
  headers: { name: string; description: string }[]
  /** Problem documents as they come for a parameter that is wrong, and over the limit. */
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
  /** What is sent: as which media types, and what it is. */
  body?: { description: string; media: string[] } | undefined
  /** Whether it needs a key. */
  needsKey: boolean
  answers: Answer[]
  problems: { status: number; kinds: ProblemText[] }[]
  /** Absolute. */
  address: string
  /** What it answers there, as JSON cut short. */
  sample?: string | undefined
}

export type Parameter = {
  name: string
  in: 'path' | 'query'
  type: Words
  default?: string | undefined
  values?: string[] | undefined
  /** Whether it takes more than one of them. */
  isSeveral: boolean
  description?: string | undefined
  example?: string | undefined
}

/** An answer that is no problem. */
export type Answer = { status: number; description: string; bodies: { media: string; type: Words }[] }

export type NamedSchema = {
  name: string
  description?: string | undefined
  fields: Field[]
  /** The values that it may have, where it lists them, and whether later versions may add some. */
  values?: string[] | undefined
  isOpen: boolean
  /** Which of other schemas it is, and the field that tells. */
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
    // Where the values are listed, or one of them goes without saying, another shows nothing more.
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

/** The kinds of problem of a status; a cursor can only be wrong where there is one. */
const kindsOf = (status: number, parameters: DescribedParameter[]): ProblemText[] =>
  problemTexts.filter(
    (each) =>
      each.status === status && (each.kind !== 'invalid-cursor' || parameters.some(({ name }) => name === 'cursor')),
  )

/** The path of an operation that has no example of this catalogue, with the values that the document shows. */
const filled = (path: string, parameters: DescribedParameter[]): string =>
  pathOf(path, Object.fromEntries(parameters.map(({ name, example }) => [name, example])))

/** An address as people write it: a comma needs no escape. */
const forPeople = (address: string): string => address.replaceAll('%2C', ',')
