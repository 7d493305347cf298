import { z } from 'zod'

/** What is said between the process that makes variants and those that want them. */

const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

/** A picture, and what it is by its first bytes. */
export const Order = z.object({ bytes: Bytes, type: z.string() })
export type Order = z.infer<typeof Order>

const Made = z.object({
  width: z.int().min(1),
  height: z.int().min(1),
  thumbHash: Bytes,
  placeholder: Bytes,
  colours: z.array(z.object({ hex: z.string().regex(/^#[0-9a-f]{6}$/), share: z.number().min(0).max(1) })),
  /** By the names that they are stored under: "250.webp". */
  files: z.array(z.object({ name: z.string(), bytes: Bytes })),
})
/** All that is made of a picture. */
export type Made = z.infer<typeof Made>

/** After it the process takes no more. */
const isLast = z.boolean()

export const Reply = z.union([
  z.literal('ready'),
  z.object({ made: Made, isLast }),
  /** Why the picture is not taken, in a sentence; and whether a process that has made none yet may take it. */
  z.object({ refused: z.string(), isLast, mayFit: z.boolean().optional() }),
])
export type Reply = z.infer<typeof Reply>
export type Outcome = Exclude<Reply, 'ready'>
