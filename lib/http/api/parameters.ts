import { z } from 'zod'
import type { FieldError } from '@/lib/http/problem'

/** The parameters of an address, read by the schemas of a contract. */

type ParameterPlace = 'path' | 'query'

export type Parsed<T> = { ok: true; value: T } | { ok: false; errors: FieldError[] }

/** The schema of what is given, inside what makes it optional, gives it a default, or makes something else of it. */
function inner(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = schema._zod
  if ('innerType' in def) return inner(def.innerType as z.core.$ZodType)
  if (def.type === 'pipe') return inner((def as z.core.$ZodPipeDef).in)
  return schema
}

const spellings = z.registry<Record<string, string>>()

/**
 * Accepts other spellings of a choice's values. Responses and addresses have the one of the schema.
 * @param others the values, by their other spellings.
 */
export function spelt<Schema extends z.ZodEnum>(schema: Schema, others: Record<string, string>): Schema {
  spellings.add(schema, others)
  return schema
}

const isList = (schema: z.core.$ZodType): boolean => inner(schema)._zod.def.type === 'array'

/** A number or a list is text in an address. What is not one stays text, and is refused by the schema. */
function fromText(schema: z.core.$ZodType, text: string): unknown {
  const core = inner(schema)
  const { def } = core._zod
  if (def.type === 'enum') {
    const others = spellings.get(core)
    return others && Object.hasOwn(others, text) ? others[text] : text
  }
  if (def.type === 'number') return /^-?\d{1,15}$/.test(text) ? Number(text) : text
  if (def.type === 'array') {
    const { element } = def as z.core.$ZodArrayDef
    return text === '' ? [''] : text.split(',').map((part) => fromText(element, part))
  }
  return text
}

/** The values that a schema may have, where it lists them. */
export function choicesOf(schema: z.core.$ZodType): string[] | undefined {
  const { def } = inner(schema)._zod
  if (def.type === 'enum') return Object.values((def as z.core.$ZodEnumDef).entries).map(String)
  if (def.type === 'array') return choicesOf((def as z.core.$ZodArrayDef).element)
  return undefined
}

const listed = (choices: string[]) => (choices.length === 1 ? choices[0] : `one of ${choices.join(', ')}`)

/** What is wrong with a parameter. @param value what was given; of a list, the item that is wrong. */
function messageOf(schema: z.core.$ZodType | undefined, message: string, value: unknown): string {
  const choices = schema && choicesOf(schema)
  return choices ? `must be ${listed(choices)}; ${quoted(value)} is not` : message
}

/** A value as messages repeat it. */
export const quoted = (value: unknown): string => `“${clip(String(value))}”`

/** Reads path parameters. */
export const parsePath = <Schema extends z.ZodObject>(
  schema: Schema,
  given: Record<string, string>,
): Parsed<z.output<Schema>> => parse(schema, 'path', Object.entries(given))

/**
 * Reads query parameters. A list may be given as `a=1,2` and as `a=1&a=2`, anything else once, and nothing that is not
 * known.
 */
export const parseQuery = <Schema extends z.ZodObject>(
  schema: Schema,
  given: URLSearchParams,
): Parsed<z.output<Schema>> => parse(schema, 'query', [...given])

function parse<Schema extends z.ZodObject>(
  schema: Schema,
  where: ParameterPlace,
  given: [name: string, text: string][],
): Parsed<z.output<Schema>> {
  const errors: FieldError[] = []
  const fail = (name: string, message: string, allowed?: string[]) => {
    const field = clip(name)
    if (errors.length < MOST_ERRORS && errors.every((error) => error.field !== field))
      errors.push({ in: where, field, message, ...(allowed && { allowed }) })
  }
  const values = new Map<string, unknown>()
  const known = Object.keys(schema.shape)
  for (const [name, text] of given) {
    const part = Object.hasOwn(schema.shape, name) ? schema.shape[name] : undefined
    if (!part) fail(name, known.length === 0 ? 'is not known: there are none here' : 'is not known', known)
    else if (!values.has(name)) values.set(name, fromText(part, text))
    else if (isList(part)) values.set(name, [values.get(name), fromText(part, text)].flat())
    else fail(name, 'is given twice')
  }
  const parsed = schema.safeParse(Object.fromEntries(values))
  if (!parsed.success)
    for (const { path, message } of parsed.error.issues) {
      const field = String(path[0] ?? '')
      const part = Object.hasOwn(schema.shape, field) ? schema.shape[field] : undefined
      const given = values.get(field)
      const value = Array.isArray(given) ? given[Number(path[1] ?? 0)] : given
      fail(field, messageOf(part, message, value), part && choicesOf(part))
    }
  return parsed.success && errors.length === 0 ? { ok: true, value: parsed.data } : { ok: false, errors }
}

/** Nobody mends more at once, and each lists what it may be. */
const MOST_ERRORS = 20

/** Names that clients make up are repeated to them, but not at any length. */
const clip = (text: string): string => (text.length <= 100 ? text : `${text.slice(0, 100)}…`)

/** All that is wrong, in a sentence. */
export const sentenceOf = (errors: FieldError[]): string =>
  `${errors.map(({ field, message, allowed }) => `${field} ${message}${allowed?.length && message === 'is not known' ? `; known are ${allowed.join(', ')}` : ''}`).join('; ')}.`

/** A whole number within bounds. */
export const whole = (min: number, max: number) => {
  const error = `must be a whole number from ${min} to ${max}`
  return z.int({ error }).min(min, { error }).max(max, { error })
}

/** PostgreSQL's largest integer. */
export const MAX_INTEGER = 2_147_483_647

/** An id. */
export const id = () => whole(1, MAX_INTEGER)

/** Text for a filter: some, and not without end. PostgreSQL has no character 0. */
export const text = (max: number) => {
  const error = `must be text of 1 to ${max} characters`
  return z
    .string({ error })
    .min(1, { error })
    .max(max, { error })
    .refine((value) => !value.includes('\0'), { error })
}

/** Texts for a filter, divided by commas, in order and each once. */
export const texts = (max: number, most: number) =>
  z
    .array(text(max))
    .max(most, { error: `must have at most ${most} values` })
    .transform((chosen) => [...new Set(chosen)].toSorted())

/** A choice of names, divided by commas, each once. @param others other spellings of names. */
export const choices = <Name extends string>(names: readonly Name[], others: Record<string, Name> = {}) =>
  z.array(spelt(z.enum(names), others)).transform((chosen): Name[] => names.filter((name) => chosen.includes(name)))

/** Which fields of each thing to answer. @param names all that a thing has. */
export const fields = (names: readonly string[]) =>
  choices(names).optional().meta({
    description:
      'Fields to keep, besides `id` and `href`. Everything else is left out, including fields that the schema requires and what `include` embeds.',
  })

/** Whole numbers within bounds, divided by commas, in order and each once. @param step what they are multiples of. */
export const numbers = (min: number, max: number, most: number, step = 1) =>
  z
    .array(
      step === 1
        ? whole(min, max)
        : whole(min, max).multipleOf(step, { error: `must be a multiple of ${step} from ${min} to ${max}` }),
    )
    .max(most, { error: `must have at most ${most} values` })
    .transform((chosen) => [...new Set(chosen)].toSorted((a, b) => a - b))

/** PostgreSQL has no year 0, and writes years of five digits in another way. */
const hasYear = (iso: string) => /^\d{4}-/.test(iso) && !iso.startsWith('0000-')

/** A moment, RFC 3339; given out in UTC. PostgreSQL knows fewer offsets than the format has. */
export const moment = () => {
  const error = 'must be a date and time as RFC 3339 has it, such as 2026-01-31T12:00:00Z (a + must be written %2B)'
  return z.iso
    .datetime({ offset: true, error })
    .transform((text) => new Date(text).toISOString())
    .refine(hasYear, { error })
}
