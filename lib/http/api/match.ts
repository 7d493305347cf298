import { API, type Contract } from './contract'

/** Which operation an address is of. */
export type Matched = { operation: Contract; params: Record<string, string> }

/** The root of the API has two spellings. */
const pattern = (path: string): RegExp =>
  new RegExp(`^${API}${path === '' ? '/?' : path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)

/** Finds operations by path. @throws nothing: what is not an address is of no operation. */
export function matcher(operations: readonly Contract[]): (pathname: string) => Matched | null {
  const table = operations.map((operation) => ({ operation, path: pattern(operation.path) }))
  return (pathname) => {
    for (const { operation, path } of table) {
      const found = path.exec(pathname)
      if (!found) continue
      const params = Object.entries(found.groups ?? {}).map(([name, text]) => [name, decoded(text)] as const)
      return params.every(([, text]) => text !== null)
        ? { operation, params: Object.fromEntries(params) as Record<string, string> }
        : null
    }
    return null
  }
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
