import { unstable_cache } from 'next/cache'
import { generation } from './forget'
import { PAGE_SECONDS } from './page-seconds'

/** What survives the page cache unchanged: a hit is what JSON makes of a miss, so nothing else may go in. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/**
 * The cached sibling of a query, for pages. Keyed by `name` and the arguments; forgotten by `tags`.
 * Arguments must be few and bounded: never free text.
 */
export function pageCached<Arguments extends Json[], Result>(
  name: string,
  tags: string[],
  read: (...args: Arguments) => Promise<Result extends Plain<Result> ? Result : never>,
): (...args: Arguments) => Promise<Result> {
  const plain = read as (...args: Arguments) => Promise<Result>
  // The generation in the key keeps what was read before a write from being kept after it.
  return (...args) => unstable_cache(plain, [name, String(generation())], { tags, revalidate: PAGE_SECONDS })(...args)
}

/** `T` where it is made of JSON values alone, interfaces included; elsewhere `never`. */
export type Plain<T> = T extends string | number | boolean | null
  ? T
  : T extends Date | bigint | undefined | ((...args: never[]) => unknown)
    ? never
    : { [K in keyof T]: Plain<T[K]> }
