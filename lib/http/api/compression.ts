import { constants, createBrotliCompress, createGzip } from 'node:zlib'
import type { Coding } from '@/lib/cache/response/encoding'

/**
 * Measured with 5.6 MB of songs: gzip 6 leaves 8.5 % in 12 ms of CPU a MB, brotli 3 7.9 % in 7, brotli 4 7.6 % in 15
 * and brotli 5 6.7 % in 23. A stream is compressed for each client anew, so the cheapest is right.
 */
const compressors = {
  br: () =>
    createBrotliCompress({
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 3,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      },
    }),
  gzip: () => createGzip({ level: 6 }),
}

/**
 * Compresses a stream. Each chunk is sent as soon as it is compressed, and the next is read when the client has taken
 * it, so that a slow client holds one chunk at a time.
 */
export function compressed(
  body: ReadableStream<Uint8Array>,
  coding: Exclude<Coding, 'identity'>,
): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  const compressor = compressors[coding]()
  const isBrotli = coding === 'br'
  let chunks: Uint8Array[] = []
  compressor.on('data', (chunk: Uint8Array) => chunks.push(chunk))
  const take = (): Uint8Array => {
    const all = Buffer.concat(chunks)
    chunks = []
    return all
  }
  /** Resolves when the compressor has put out all that was written. */
  const settled = (begin: (done: () => void) => void) =>
    new Promise<void>((resolve, reject) => {
      compressor.once('error', reject)
      begin(() => {
        compressor.off('error', reject)
        resolve()
      })
    })
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { value, done } = await reader.read()
          if (done) {
            await settled((ended) => compressor.once('end', ended).end())
            controller.enqueue(take())
            controller.close()
            return
          }
          compressor.write(value)
          const flush = isBrotli ? constants.BROTLI_OPERATION_FLUSH : constants.Z_SYNC_FLUSH
          await settled((flushed) => compressor.flush(flush, flushed))
          controller.enqueue(take())
        } catch (error) {
          compressor.destroy()
          throw error
        }
      },
      async cancel(reason) {
        compressor.destroy()
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}
