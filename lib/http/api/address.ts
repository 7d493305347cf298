import type { z } from 'zod'
import { API } from './contract'

/** The canonical addresses of the API. */

export type ParameterValues = Record<string, unknown>

/** A path of the API with its parameters filled in: "/api/v1/albums/1432". */
export const pathOf = (path: string, params: ParameterValues = {}): string =>
  API + path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])))

/** A query in the order of its schema, without defaults. */
export function queryOf(schema: z.ZodObject, values: ParameterValues): string {
  const query = new URLSearchParams()
  for (const [name, part] of Object.entries(schema.shape)) {
    const value = values[name]
    if (value === undefined) continue
    const { def } = part._zod
    const text = String(value)
    if (def.type === 'default' && text === String((def as z.core.$ZodDefaultDef).defaultValue)) continue
    query.set(name, text)
  }
  return query.size === 0 ? '' : `?${query}`
}
