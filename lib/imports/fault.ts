import type { z } from 'zod'
import type { Fault } from './reader'

/** zod's types with their article. */
const types: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}

const nameOf = (type: string): string => types[type] ?? type

const nameOfValue = (value: unknown): string => {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

/** "credits[0].artist" */
const fieldOf = (path: PropertyKey[]): string =>
  path.reduce<string>(
    (field, key) =>
      typeof key === 'number' ? `${field}[${key}]` : field === '' ? String(key) : `${field}.${String(key)}`,
    '',
  )

const size = (issue: { minimum?: unknown; maximum?: unknown; origin: string }, limit: unknown, word: string): string =>
  issue.origin === 'string'
    ? `must have ${word} ${limit} characters`
    : issue.origin === 'array'
      ? `must have ${word} ${limit} elements`
      : `must be ${word} ${limit}`

/** Describes zod's first error in words that follow the field's name. */
export function toFault(error: z.ZodError, value: unknown): Fault {
  const [first] = error.issues
  return first ? toPhrase(first, value) : { field: 'row', expected: 'is not valid' }
}

function toPhrase(issue: z.core.$ZodIssue, value: unknown): Fault {
  const found = issue.path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  )
  const field = fieldOf(issue.path) || 'row'
  switch (issue.code) {
    case 'invalid_type':
      return {
        field,
        expected: found === undefined ? 'is missing' : `must be ${nameOf(issue.expected)}, not ${nameOfValue(found)}`,
      }
    case 'invalid_value':
      return { field, expected: `must be ${oneOf(issue.values)}, not ${nameOfValue(found)}` }
    case 'too_small':
      return { field, expected: size(issue, issue.minimum, 'at least') }
    case 'too_big':
      return { field, expected: size(issue, issue.maximum, 'at most') }
    case 'unrecognized_keys':
      return { field: fieldOf([...issue.path, issue.keys[0] ?? '']), expected: 'is not a known field' }
    default:
      return { field, expected: issue.message }
  }
}

const oneOf = (values: readonly unknown[]): string => {
  const names = values.map((value) => JSON.stringify(value))
  return names.length === 1 ? String(names[0]) : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}
