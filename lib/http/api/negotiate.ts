import Negotiator from 'negotiator'
import type { Contract } from './contract'

/** Content negotiation. */

export const JSON_TYPE = 'application/json'
export const NDJSON = 'application/x-ndjson'

/** The media types of an operation's response, the preferred one first. */
export const typesOf = ({ line }: Pick<Contract, 'line'>): string[] => (line ? [JSON_TYPE, NDJSON] : [JSON_TYPE])

/** JSON is UTF-8, whatever charset the client asks for. A charset parameter would count as another media type. */
const CHARSET = /;\s*charset\s*=\s*("[^"]*"|[^\s;,]*)/gi

/** The media type for a client's Accept header; null where the client accepts none of them. */
export function typeFor(contract: Pick<Contract, 'line'>, headers: Headers): string | null {
  const accept = headers.get('accept')?.replace(CHARSET, '').trim()
  if (!accept) return JSON_TYPE
  return new Negotiator({ headers: { accept } }).mediaType(typesOf(contract)) ?? null
}
