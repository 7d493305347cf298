import { z } from 'zod'
import type { FieldError } from '@/lib/http/problem'

/** Reads the parameters of an address by the schemas of a contract. */

type ParameterLocation = 'path' | 'query'

export type Parsed<T> = { ok: true; value: T } | { ok: false; errors: FieldError[] }

/** The schema inside the wrappers that make it optional, give it a default or transform it. */
function inner(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = schema._zod
  if ('innerType' in def) return inner(def.innerType as z.core.$ZodType)
  if (def.type === 'pipe') return inner((def as z.core.$ZodPipeDef).in)
  return schema
}

const spellings = z.registry<Record<string, string>>()

/**
 * Accepts other spellings of an enum's values. Responses and canonical addresses use the schema's spelling.
 * @param others the values, by their other spellings.
 */
export function withSpellings<Schema extends z.ZodEnum>(schema: Schema, others: Record<string, string>): Schema {
  spellings.add(schema, others)
  return schema
}

const isList = (schema: z.core.$ZodType): boolean => inner(schema)._zod.def.type === 'array'

/** Numbers and lists are text in an address. Text that is neither stays text, and the schema refuses it. */
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

/** The values of a schema, where it lists them. */
export function choicesOf(schema: z.core.$ZodType): string[] | undefined {
  const { def } = inner(schema)._zod
  if (def.type === 'enum') return Object.values((def as z.core.$ZodEnumDef).entries).map(String)
  if (def.type === 'array') return choicesOf((def as z.core.$ZodArrayDef).element)
  return undefined
}

const listed = (choices: string[]) => (choices.length === 1 ? choices[0] : `one of ${choices.join(', ')}`)

/** The error message for a parameter. @param value the given value; of a list, the wrong item. */
function messageOf(schema: z.core.$ZodType | undefined, message: string, value: unknown): string {
  const choices = schema && choicesOf(schema)
  return choices ? `must be ${listed(choices)}; ${quoted(value)} is not` : message
}

/** A value as it appears in messages. */
export const quoted = (value: unknown): string => `“${clip(String(value))}”`

/** Reads path parameters. */
export const parsePath = <Schema extends z.ZodObject>(
  schema: Schema,
  given: Record<string, string>,
): Parsed<z.output<Schema>> => parse(schema, 'path', Object.entries(given))

/**
 * Reads query parameters. A list may be given as `a=1,2` or as `a=1&a=2`, any other parameter once. Unknown parameters
 * are errors.
 */
export const parseQuery = <Schema extends z.ZodObject>(
  schema: Schema,
  given: URLSearchParams,
): Parsed<z.output<Schema>> => parse(schema, 'query', [...given])

function parse<Schema extends z.ZodObject>(
  schema: Schema,
  where: ParameterLocation,
  given: [name: string, text: string][],
): Parsed<z.output<Schema>> {
  const errors: FieldError[] = []
  const fail = (name: string, message: string, allowed?: string[]) => {
    const field = clip(name)
    if (errors.length < MAX_ERRORS && errors.every((error) => error.field !== field))
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

/** Enough for a person to fix at once; each error lists the allowed values. */
const MAX_ERRORS = 20

/** Invalid names are repeated in messages, up to a length. */
const clip = (text: string): string => (text.length <= 100 ? text : `${text.slice(0, 100)}…`)

/** All errors in one sentence. */
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

/** Text for a filter, of bounded length. PostgreSQL has no character 0. */
export const text = (max: number) => {
  const error = `must be text of 1 to ${max} characters`
  return z
    .string({ error })
    .min(1, { error })
    .max(max, { error })
    .refine((value) => !value.includes('\0'), { error })
}

/** Texts for a filter, separated by commas; sorted and unique. */
export const texts = (maxLength: number, maxValues: number) =>
  z
    .array(text(maxLength))
    .max(maxValues, { error: `must have at most ${maxValues} values` })
    .transform((chosen) => [...new Set(chosen)].toSorted())

/** A choice of names, separated by commas; unique. @param others other spellings of names. */
export const choices = <Name extends string>(names: readonly Name[], others: Record<string, Name> = {}) =>
  z
    .array(withSpellings(z.enum(names), others))
    .transform((chosen): Name[] => names.filter((name) => chosen.includes(name)))

/** The fields of each resource to return. @param names all fields that it has. */
export const fields = (names: readonly string[]) =>
  choices(names).optional().meta({
    description:
      'Fields to keep, besides `id` and `href`. Everything else is left out, including fields that the schema requires and what `include` embeds.',
  })

/**
 * Whole numbers within bounds, separated by commas; sorted and unique.
 * @param step the number that they are multiples of.
 */
export const numbers = (min: number, max: number, maxValues: number, step = 1) =>
  z
    .array(
      step === 1
        ? whole(min, max)
        : whole(min, max).multipleOf(step, { error: `must be a multiple of ${step} from ${min} to ${max}` }),
    )
    .max(maxValues, { error: `must have at most ${maxValues} values` })
    .transform((chosen) => [...new Set(chosen)].toSorted((a, b) => a - b))

/** PostgreSQL has no year 0, and writes five-digit years differently. */
const hasYear = (iso: string) => /^\d{4}-/.test(iso) && !iso.startsWith('0000-')

/** A date and time (RFC 3339), returned in UTC. PostgreSQL accepts fewer offsets than the format allows. */
export const moment = () => {
  const error = 'must be a date and time as RFC 3339 has it, such as 2026-01-31T12:00:00Z (a + must be written %2B)'
  return z.iso
    .datetime({ offset: true, error })
    .transform((text) => new Date(text).toISOString())
    .refine(hasYear, { error })
}
