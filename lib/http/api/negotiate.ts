import Negotiator from 'negotiator'
import type { Contract } from './contract'

/** What is sent to whom. */

export const JSON_TYPE = 'application/json'
export const NDJSON = 'application/x-ndjson'

/** Media types in which an operation answers, the one that it prefers first. */
export const typesOf = ({ line }: Pick<Contract, 'line'>): string[] => (line ? [JSON_TYPE, NDJSON] : [JSON_TYPE])

/** JSON is UTF-8, whatever charset somebody asks for; as a parameter it would be another media type. */
const CHARSET = /;\s*charset\s*=\s*("[^"]*"|[^\s;,]*)/gi

/** The media type for a client's Accept header; null where it takes nothing that there is. */
export function typeFor(contract: Pick<Contract, 'line'>, headers: Headers): string | null {
  const accept = headers.get('accept')?.replace(CHARSET, '').trim()
  if (!accept) return JSON_TYPE
  return new Negotiator({ headers: { accept } }).mediaType(typesOf(contract)) ?? null
}
