import { z } from 'zod'
import { pathOf } from '@/lib/http/api/address'
import { contract } from '@/lib/http/api/contract'
import { endpoint } from '@/lib/http/api/endpoint'
import { named } from '@/lib/http/api/schema-names'
import { Href } from '@/lib/http/api/shapes'
import { getOpenApi } from './description'
import { operations } from './operations'
import { version } from './version'

/** The root of the API: where everything is, for clients that follow links. */

const link = (description: string) => z.url().meta({ description })

/** "rate-limit" as a field's name. */
const fieldOf = (path: string): string => path.slice(1).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

const linked = operations.filter(({ path }) => !path.includes('{'))

export const getRoot = contract({
  id: 'getRoot',
  section: 'Catalogue',
  path: '',
  summary: 'Get the links of the API',
  params: z.strictObject({}),
  query: z.strictObject({}),
  answer: z
    .object({
      href: Href,
      name: z.string().meta({ description: 'The software: SyroMusic.' }),
      version: z.string().meta({ description: 'Its version.' }),
      documentation: link('The guide and the reference, for people.'),
      openapi: link('The OpenAPI document.'),
      links: z
        .object(Object.fromEntries(linked.map(({ path, summary }) => [fieldOf(path), link(`${summary}.`)])))
        .meta({ description: 'Operations without path parameters, by their paths.' }),
    })
    .register(named, { id: 'Root' }),
  madeOf: [],
  example: {},
})

export const root = endpoint(getRoot, {
  read: async ({ href, origin }) => ({
    href,
    name: 'SyroMusic',
    version,
    documentation: `${origin}/api/docs`,
    openapi: origin + pathOf(getOpenApi.path),
    links: Object.fromEntries(linked.map(({ path }) => [fieldOf(path), origin + pathOf(path)])),
  }),
})
