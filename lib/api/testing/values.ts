import fc from 'fast-check'
import { z } from 'zod'
import type { Contract } from '@/lib/http/api/contract'

/** Values for the parameters of a contract, made from its schemas, so that new parameters are covered by default. */

type Schema = { type?: string; enum?: string[]; items?: Schema; format?: string; minimum?: number; maximum?: number }

const schemaOf = (schema: z.ZodType): Schema =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema

/** Texts that match something, by the name of the filter. */
export type KnownTexts = Record<string, string[]>

/** Valid values, as they appear in an address; most of them match something. */
function right(name: string, schema: Schema, known: KnownTexts): fc.Arbitrary<string> {
  if (schema.type === 'array') {
    if (schema.items?.type === 'integer')
      return fc.array(right(name, schema.items, known), { minLength: 1, maxLength: 4 }).map((chosen) => chosen.join())
    const choices = schema.items?.enum ?? known[name] ?? []
    return fc.subarray(choices, { minLength: 1, maxLength: Math.min(choices.length, 4) }).map((chosen) => chosen.join())
  }
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const texts = known[name]
  if (texts) return fc.constantFrom(...texts)
  if (schema.format === 'date-time')
    return fc
      .date({ min: new Date('2000-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString())
  if (schema.type === 'integer') {
    const { minimum = 0, maximum = 1_000_000 } = schema
    return fc
      .oneof(
        fc.integer({ min: minimum, max: Math.min(maximum, minimum + 50) }),
        fc.integer({ min: minimum, max: maximum }),
      )
      .map(String)
  }
  return fc.string({ minLength: 1, maxLength: 20 })
}

const numbers = [
  '0',
  '-1',
  '1',
  '2147483647',
  '2147483648',
  '999999999999999',
  '1e3',
  '0x10',
  '1.5',
  '01',
  '+1',
  'NaN',
  '٣',
]
const texts = [
  '',
  ' ',
  '%',
  '%00',
  '\0',
  "'; DROP TABLE song; --",
  '\\',
  '"',
  '<script>',
  '__proto__',
  'constructor',
  'null',
  'undefined',
  '[object Object]',
  '../../etc/passwd',
  '\u{10FFFF}',
  '\u202e',
  'é',
  'x'.repeat(3_000),
  ','.repeat(300),
  '{id}',
]
const moments = [
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00+23:59',
  '9999-12-31T23:59:59-23:59',
  '2026-02-29T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2016-12-31T23:59:60Z',
  '2026-01-01T00:00:00.123456789012Z',
  '2026-01-01T00:00:00+15:59',
  '2026-01-01',
]

/** Hostile values. */
export const hostile = fc.oneof(
  fc.constantFrom(...numbers, ...texts, ...moments),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.string({ maxLength: 5 }), { maxLength: 5 }).map((parts) => parts.join()),
)

/** Queries of valid values: each parameter may be present or not. @param but parameters to omit. */
export function rightQuery(
  { query }: Pick<Contract, 'query'>,
  known: KnownTexts,
  but: string[] = [],
): fc.Arbitrary<Record<string, string>> {
  const values = Object.entries<z.ZodType>(query.shape)
    .filter(([name]) => !but.includes(name))
    .map(([name, schema]) => [name, right(name, schemaOf(schema), known)] as const)
  return fc
    .record(Object.fromEntries(values), { requiredKeys: [] })
    .map((chosen) =>
      Object.fromEntries(
        Object.entries(chosen).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      ),
    )
}

/** Queries in which anything may be wrong, and much is valid. */
export function anyQuery(contract: Pick<Contract, 'query'>, known: KnownTexts): fc.Arbitrary<string[][]> {
  const names = Object.keys(contract.query.shape)
  const wrong = fc.tuple(fc.oneof(fc.constantFrom(...names, 'page'), hostile), hostile)
  return fc
    .tuple(rightQuery(contract, known), fc.array(wrong, { maxLength: 3 }))
    .map(([fine, others]) => [...Object.entries(fine), ...others])
}
