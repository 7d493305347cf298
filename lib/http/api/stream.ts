/** How a stream is told that its client has gone, and tells of what goes wrong. */
type StreamOptions = {
  /** The client has gone: what is under way is to stop. */
  leave: () => void
  /** It broke off; the client sees the connection end before the stream does. */
  onFault: (error: unknown) => void
}

/**
 * A list as NDJSON, one object a line. A part of it is read when the client has taken the one before, so that memory
 * stays the same however long the list is; when the client leaves nothing more is read.
 * @throws what reading the first part throws: nothing is sent then, so it can still be answered as a problem.
 */
export async function streamOf(
  parts: AsyncGenerator<object[], void>,
  { leave, onFault }: StreamOptions,
): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder()
  let hasLeft = false
  let next: IteratorResult<object[], void> | undefined = await parts.next()
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { value, done } = next ?? (await parts.next())
          next = undefined
          if (done) controller.close()
          else controller.enqueue(encoder.encode(value.map((item) => `${JSON.stringify(item)}\n`).join('')))
        } catch (error) {
          if (!hasLeft) onFault(error)
          throw error
        }
      },
      async cancel() {
        hasLeft = true
        leave()
        await parts.return()
      },
    },
    { highWaterMark: 1 },
  )
}
