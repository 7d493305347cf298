import type { Schema } from './openapi-shapes'

/** A type in words, with the schemas it names: "list of Album, or null". */
export type Words = (string | { schema: string })[]

const REF = '#/components/schemas/'

/** The name of a referenced schema. */
const nameOf = ($ref: string): string => $ref.slice(REF.length)

/** Bounds that every integer has. */
const ENDLESS = 2_147_483_647

const number = new Intl.NumberFormat('en')

/** Types with a better known name than JSON's. */
const formats: Record<string, string> = { 'date-time': 'date and time', uri: 'URL', 'uri-reference': 'URL' }

/** Whether a schema is that of an embedded list: items, total, and the address of the rest. */
const isEmbedded = ({ properties }: Schema): boolean => Object.keys(properties ?? {}).join() === 'items,total,next'

/** A schema in words; for an enum only the type of its values. */
export function typeOf(schema: Schema): Words {
  if (schema.$ref) return [{ schema: nameOf(schema.$ref) }]
  if (schema.oneOf) return joinedByOr(schema.oneOf.map(typeOf))
  if (isOpen(schema)) return ['string']
  if (schema.anyOf)
    return orNull(joinedByOr(schema.anyOf.filter(({ type }) => type !== 'null').map(typeOf)), schema.anyOf)
  const types = [schema.type ?? (schema.enum ? 'string' : 'object')].flat()
  const [type = 'object'] = types.filter((each) => each !== 'null')
  const words = typeWords({ ...schema, type })
  return types.includes('null') ? [...words, ' or null'] : words
}

const joinedByOr = (types: Words[]): Words =>
  types.flatMap((words, index) => (index === 0 ? words : [' or ', ...words]))

const orNull = (words: Words, of: Schema[]): Words =>
  of.some(({ type }) => type === 'null') ? [...words, ' or null'] : words

function typeWords(schema: Schema): Words {
  const { type, format, items, maxItems } = schema
  if (isEmbedded(schema)) return ['embedded list of ', ...typeOf(schema.properties?.items?.items ?? {})]
  if (type === 'array')
    return [
      `list of ${maxItems === undefined ? '' : `up to ${number.format(maxItems)} `}`,
      ...(items ? typeOf(items) : ['anything']),
    ]
  if (type === 'integer') return [`integer${rangeOf(schema)}`]
  if (type === 'string') return [`${(format && formats[format]) ?? 'string'}${lengthOf(schema)}`]
  return [String(type)]
}

function rangeOf({ minimum, maximum, multipleOf = 1 }: Schema): string {
  if (multipleOf > 1) return `, multiple of ${number.format(multipleOf)}${rangeOf({ minimum, maximum })}`
  if (minimum === undefined) return ''
  if (maximum === undefined || maximum >= ENDLESS) return minimum > 0 ? `, ${number.format(minimum)} or more` : ''
  return `, ${number.format(minimum)} to ${number.format(maximum)}`
}

function lengthOf({ minLength, maxLength }: Schema): string {
  if (maxLength === undefined) return ''
  return `, ${minLength ? `${number.format(minLength)} to ` : 'up to '}${number.format(maxLength)} characters`
}

/** Whether a schema lists values to which later versions may add, so that it allows any other string too. */
export const isOpen = ({ anyOf }: Schema): boolean =>
  anyOf?.some(({ enum: values }) => values) === true &&
  anyOf.some(({ type, enum: values }) => type === 'string' && !values)

/** The values of a schema, where it lists them. */
export function valuesOf({ enum: values, const: only, items, anyOf }: Schema): string[] | undefined {
  if (only !== undefined) return [only]
  return values ?? (items && valuesOf(items)) ?? anyOf?.flatMap((each) => valuesOf(each) ?? []).filter(Boolean)
}

/** Whether several values may be given. */
export const isSeveral = ({ type }: Schema): boolean => type === 'array'

/** A field of a schema; a nested one by its path: "disc.title", "errors[].field". */
export type Field = {
  path: string
  type: Words
  isDeprecated: boolean
  values?: string[] | undefined
  description?: string | undefined
  example?: string | undefined
}

/**
 * The fields of a schema, including those of unnamed nested objects.
 * @param schemas the named ones: a field without a description has that of its type.
 */
export const fieldsOf = (schema: Schema, schemas: Record<string, Schema>, before = ''): Field[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = before + name
    const values = valuesOf(field)
    const [inner, mark] = innerOf(field)
    return [
      {
        path,
        type: typeOf(field),
        isDeprecated: field.deprecated === true,
        ...(values?.length && { values }),
        description: isEmbedded(field) ? 'Present if `include` names it.' : descriptionOf(field, schemas),
        example: field.examples?.map(String)[0],
      },
      ...(inner ? fieldsOf(inner, schemas, `${path}${mark}.`) : []),
    ]
  })

const descriptionOf = ({ description, $ref }: Schema, schemas: Record<string, Schema>): string | undefined =>
  description ?? ($ref && schemas[nameOf($ref)]?.description)

/** The object schema of a field or of its items. Embedded lists are described once for all. */
function innerOf(field: Schema): [Schema | undefined, string] {
  if (isEmbedded(field)) return [undefined, '']
  if (field.items?.properties) return [field.items, '[]']
  return [[field, ...(field.anyOf ?? [])].find(({ properties }) => properties), '']
}
