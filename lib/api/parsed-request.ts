import { LRUCache } from 'lru-cache'
import { pathOf, queryOf } from '@/lib/http/api/address'
import type { Contract } from '@/lib/http/api/contract'
import { matcher } from '@/lib/http/api/match'
import { parsePath, parseQuery } from '@/lib/http/api/parameters'
import { getOpenApi } from './description'
import { operations } from './operations'
import { getRoot } from './root'

/** What an address asks for: an operation, at the one address that all ways of asking the same have. */
export type Understood = {
  operation: Contract
  /** Path and query. */
  address: string
  /** Whether there is something at the address, whatever the catalogue holds. */
  isCertain: boolean
}

/** Parameters whose values only reading the catalogue tells to be right. */
const MAY_BE_REFUSED = ['cursor', 'genre', 'artist', 'label']

const match = matcher([...operations, getOpenApi, getRoot])

/** Addresses that are asked again and again need no parsing. */
const known = new LRUCache<string, Understood>({ max: 5_000 })
/** Longer ones are few, and not remembered. */
const MAX_REMEMBERED = 500

/** @param url path and query, as a client sent them. @returns null for what a route has to refuse, and for what is personal. */
export function understand(url: string): Understood | null {
  const remembered = known.get(url)
  if (remembered) return remembered
  const mark = url.indexOf('?')
  const matched = match(mark === -1 ? url : url.slice(0, mark))
  if (!matched) return null
  const { operation } = matched
  if (operation.isPersonal) return null
  const params = parsePath(operation.params, matched.params)
  const query = parseQuery(operation.query, new URLSearchParams(mark === -1 ? '' : url.slice(mark)))
  if (!params.ok || !query.ok) return null
  const address = pathOf(operation.path, params.value) + queryOf(operation.query, query.value)
  const isCertain =
    Object.keys(params.value).length === 0 && MAY_BE_REFUSED.every((name) => query.value[name] === undefined)
  const understood = { operation, address, isCertain }
  if (url.length <= MAX_REMEMBERED) known.set(url, understood)
  return understood
}
