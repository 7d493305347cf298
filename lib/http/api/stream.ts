/**
 * A list as NDJSON, one object a line. A part of it is read when the client has taken the one before, so that memory
 * stays the same however long the list is; when the client leaves nothing more is read.
 */
export function streamOf(parts: AsyncGenerator<object[], void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream(
    {
      async pull(controller) {
        const { value, done } = await parts.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value.map((item) => `${JSON.stringify(item)}\n`).join('')))
      },
      async cancel() {
        await parts.return()
      },
    },
    { highWaterMark: 1 },
  )
}
