import { deprecationHeaders } from '@/lib/http/api/deprecation'
import { matcher } from '@/lib/http/api/match'
import { operations } from './operations'

const match = matcher(operations.filter(({ deprecated }) => deprecated))

/** What responses to an address say of the deprecated parts that it uses. */
export function noticesOf({ pathname, searchParams }: URL): Record<string, string> {
  const matched = match(pathname)
  return matched ? deprecationHeaders(matched.operation, searchParams) : {}
}
