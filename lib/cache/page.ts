import { unstable_cache } from 'next/cache'
import { checkChanges } from './data'
import { inherit, recording, type Validity } from './dependencies/recorder'
import { PAGE_SECONDS } from './page-seconds'
import { pageValidity } from './page-validity'

/** The values that the page cache returns unchanged: it stores JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/**
 * The cached version of a query, for pages. The key is `name` and the arguments, which must be few and bounded: never
 * free text. A change of data that the query reads invalidates it.
 */
export function pageCached<Arguments extends Json[], Result>(
  name: string,
  read: (...args: Arguments) => Promise<Result extends JsonSafe<Result> ? Result : never>,
): (...args: Arguments) => Promise<Result> {
  const plain = read as (...args: Arguments) => Promise<Result>
  const recorded = async (...args: Arguments): Promise<Result> => {
    const { result, expiresAt, ...validity } = await recording(() => plain(...args))
    const current = pageValidity().getStore()
    const until = Math.min(expiresAt, Date.now() + PAGE_SECONDS * 1000)
    if (current) current.validity = { ...validity, expiresAt: until }
    return result
  }
  const cached = unstable_cache(recorded, [name], { revalidate: PAGE_SECONDS })
  return async (...args) => {
    await checkChanges()
    const current: { validity?: Validity } = {}
    const result = await pageValidity().run(current, () => cached(...args))
    if (current.validity) inherit(current.validity)
    return result
  }
}

/** `T` if it consists of JSON values only, interfaces included; else `never`. */
export type JsonSafe<T> = T extends string | number | boolean | null
  ? T
  : T extends Date | bigint | undefined | ((...args: never[]) => unknown)
    ? never
    : { [K in keyof T]: JsonSafe<T[K]> }
