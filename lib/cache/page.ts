import { unstable_cache } from 'next/cache'
import { generation } from './forget'
import { PAGE_SECONDS } from './page-seconds'

/** The values that the page cache returns unchanged: it stores JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/**
 * The cached version of a query, for pages. The key is `name` and the arguments, which must be few and bounded: never
 * free text. `tags` invalidate it.
 */
export function pageCached<Arguments extends Json[], Result>(
  name: string,
  tags: string[],
  read: (...args: Arguments) => Promise<Result extends JsonSafe<Result> ? Result : never>,
): (...args: Arguments) => Promise<Result> {
  const plain = read as (...args: Arguments) => Promise<Result>
  // With the generation in the key, data that was read before a write is not stored after it.
  return (...args) => unstable_cache(plain, [name, String(generation())], { tags, revalidate: PAGE_SECONDS })(...args)
}

/** `T` if it consists of JSON values only, interfaces included; else `never`. */
export type JsonSafe<T> = T extends string | number | boolean | null
  ? T
  : T extends Date | bigint | undefined | ((...args: never[]) => unknown)
    ? never
    : { [K in keyof T]: JsonSafe<T[K]> }
