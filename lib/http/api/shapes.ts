import { z } from 'zod'
import { named } from './schema-names'

/** The shapes that all resources of the API share. */

/**
 * An enum to which later versions may add values. The OpenAPI document says "one of these, or another string", so that
 * a typed client still compiles, and handles unknown values, when one is added.
 */
export const extensibleEnum = <const Values extends readonly string[]>(values: Values) =>
  z.enum(values).meta({ isExtensible: true })

export const Href = z
  .url()
  .meta({ description: 'The address of the resource.', examples: ['https://example.org/api/v1/albums/1432'] })
export const PageUrl = z.url().meta({ description: 'The address of its page on the site.' })
export const Id = z
  .int()
  .min(1)
  .meta({ description: 'The part of addresses that identifies it.', examples: [1432] })
export const Moment = z.iso.datetime().meta({ description: 'RFC 3339.', examples: ['2026-01-31T12:00:00.000Z'] })
const moment = (description: string) => Moment.meta({ description, examples: ['2026-01-31T12:00:00.000Z'] })
export const CreatedAt = moment('When it was added to the catalogue, RFC 3339.')
export const UpdatedAt = moment('When it was last changed, RFC 3339.')
export const Milliseconds = z.int().min(0)

/** The beginning of a list inside a resource, with the address of the rest. */
export const embedded = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    total: z.int().min(0).meta({ description: 'The number of items.' }),
    next: z.url().nullable().meta({ description: 'The address of the next items; null if there are no more.' }),
  })

/** A page of a list. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    href: Href,
    items: z.array(item),
    total: z.int().min(0).meta({ description: 'The exact number of items on all pages.' }),
    limit: z.int().min(1).max(100).meta({ description: 'The maximum number of items on a page.' }),
    next: z.url().nullable().meta({ description: 'The next page; null on the last.' }),
    previous: z.url().nullable().meta({ description: 'The previous page; null on the first.' }),
  })

/** The response for an id that was merged into another. */
export const MovedAnswer = z
  .object({
    id: Id.meta({ description: 'The requested id.' }),
    movedTo: Id.meta({ description: 'The id that it was merged into.' }),
    href: Href,
  })
  .meta({ description: 'The id was merged into another. Location leads there.' })
  .register(named, { id: 'Moved' })
export type MovedAnswer = z.infer<typeof MovedAnswer>
