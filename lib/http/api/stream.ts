type StreamOptions = {
  /** Stops the reading: the client has disconnected. */
  leave: () => void
  /** Called when the reading fails; the client sees the connection end before the stream does. */
  onFault: (error: unknown) => void
}

/**
 * A list as NDJSON, one object a line. A batch is read when the client has taken the one before, so that memory stays
 * the same however long the list is. When the client disconnects the reading stops.
 * @throws the error of reading the first batch: nothing has been sent then, so the response can still be a problem.
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
