import { z } from 'zod'

/** The messages between a decoding process and its parent. */

const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

/** A picture, and its media type by its first bytes. */
export const DecodingTask = z.object({ bytes: Bytes, type: z.string() })
export type DecodingTask = z.infer<typeof DecodingTask>

const ProcessedPicture = z.object({
  width: z.int().min(1),
  height: z.int().min(1),
  thumbHash: Bytes,
  placeholder: Bytes,
  colours: z.array(z.object({ hex: z.string().regex(/^#[0-9a-f]{6}$/), share: z.number().min(0).max(1) })),
  /** By their stored names, such as "250.webp". */
  files: z.array(z.object({ name: z.string(), bytes: Bytes })),
})
/** A picture's variants, placeholder and colours. */
export type ProcessedPicture = z.infer<typeof ProcessedPicture>

/** Whether the process takes no more pictures. */
const isLast = z.boolean()

export const Reply = z.union([
  z.literal('ready'),
  z.object({ picture: ProcessedPicture, isLast }),
  /** The reason for the refusal, in a sentence, and whether a fresh process might succeed. */
  z.object({ refused: z.string(), isLast, mayFitAfterRestart: z.boolean().optional() }),
])
export type Reply = z.infer<typeof Reply>
export type ProcessingResult = Exclude<Reply, 'ready'>
