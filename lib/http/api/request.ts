import { LRUCache } from 'lru-cache'
import { pathOf, queryOf } from './address'
import { API, type Operation, READ } from './contract'
import { deprecationHeaders } from './deprecation'
import { type Parsed, parsePath, parseQuery } from './parameters'

/** The operations at one path, by method. */
type PathItem = { pattern: RegExp; first: Operation; operations: ReadonlyMap<string, Operation> }

/** The parameters of a request, and its canonical address where all of them are valid. */
type Parameters = {
  params: Parsed<Record<string, unknown>>
  query: Parsed<Record<string, unknown>>
  /** Path and query, with defaults left out: the same for every spelling of the same request. */
  address?: string
}

/** A request to a path that has operations. It is matched once; its parameters are parsed on first use. */
export class ApiRequest {
  private parsed: Parameters | undefined
  private deprecations: Record<string, string> | undefined

  constructor(
    private readonly item: PathItem,
    /** The operation of path and method; undefined where the path lacks the method. */
    readonly operation: Operation | undefined,
    private readonly pathParams: Record<string, string>,
    private readonly search: string,
  ) {}

  /** The methods of the path, besides OPTIONS. */
  get methods(): string[] {
    return [...this.item.operations.keys()]
  }

  get cost(): 0 | 1 {
    return (this.operation ?? this.item.first).cost
  }

  /** Headers that announce the deprecated parts that the request uses. */
  get notices(): Record<string, string> {
    const { deprecated } = this.item.first
    this.deprecations ??= deprecated ? deprecationHeaders(deprecated, new URLSearchParams(this.search)) : {}
    return this.deprecations
  }

  /** Parsed on first use: the gate refuses many requests before. */
  get parameters(): Parameters {
    this.parsed ??= parse(this.operation ?? this.item.first, this.pathParams, this.search)
    return this.parsed
  }
}

function parse(operation: Operation, pathParams: Record<string, string>, search: string): Parameters {
  const params = parsePath(operation.params, pathParams)
  const query = parseQuery(operation.query, new URLSearchParams(search))
  if (!params.ok || !query.ok) return { params, query }
  return { params, query, address: pathOf(operation.path, params.value) + queryOf(operation.query, query.value) }
}

/** Requests that are remembered, and the longest address that is: longer ones are rare. */
const REMEMBERED = 5_000
const LONGEST_REMEMBERED = 500

export type ParseRequest = (method: string, url: string) => ApiRequest | null

/**
 * Matches requests with operations.
 * @returns a function of the method and the path with its query, which gives null for a path without operations.
 */
export function requestParser(operations: readonly Operation[]): ParseRequest {
  const items = pathItems(operations)
  const remembered = new LRUCache<string, ApiRequest>({ max: REMEMBERED })
  return (method, url) => {
    const isRead = READ.some((each) => each === method)
    const known = isRead ? remembered.get(url) : undefined
    if (known) return known
    const mark = url.indexOf('?')
    const pathname = mark === -1 ? url : url.slice(0, mark)
    for (const item of items) {
      const found = item.pattern.exec(pathname)
      if (!found) continue
      const params = decoded(found.groups ?? {})
      if (!params) return null
      const request = new ApiRequest(item, item.operations.get(method), params, mark === -1 ? '' : url.slice(mark))
      if (isRead && url.length <= LONGEST_REMEMBERED) remembered.set(url, request)
      return request
    }
    return null
  }
}

function pathItems(operations: readonly Operation[]): PathItem[] {
  const items = new Map<string, { pattern: RegExp; first: Operation; operations: Map<string, Operation> }>()
  for (const operation of operations) {
    const { path, method } = operation
    const item = items.get(path) ?? { pattern: patternOf(path), first: operation, operations: new Map() }
    for (const each of method === 'GET' ? READ : [method]) item.operations.set(each, operation)
    items.set(path, item)
  }
  return [...items.values()]
}

/** The root of the API has two spellings. */
const patternOf = (path: string): RegExp =>
  new RegExp(`^${API}${path === '' ? '/?' : path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)

/** Path parameters without their escapes; null where an escape is malformed. */
function decoded(groups: Record<string, string>): Record<string, string> | null {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, decodeURIComponent(text)]))
  } catch {
    return null
  }
}
