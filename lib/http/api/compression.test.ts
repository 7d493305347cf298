import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { compressed } from './compression'

const lines = Array.from({ length: 40 }, (_, part) => `{"id":${part},"title":"${'La la la '.repeat(200)}"}\n`)

/** A stream of these parts that counts how many were read. */
function partsOf(texts: string[], fault?: Error) {
  const reads = { parts: 0, cancelled: false }
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const text = texts[reads.parts++]
        if (text !== undefined) controller.enqueue(Buffer.from(text))
        else if (fault) controller.error(fault)
        else controller.close()
      },
      cancel() {
        reads.cancelled = true
      },
    },
    { highWaterMark: 0 },
  )
  return { body, reads }
}

for (const [coding, decode] of [
  ['gzip', gunzipSync],
  ['br', brotliDecompressSync],
] as const)
  describe(coding, () => {
    test('decompresses to the same text, and is smaller', async () => {
      const { body } = partsOf(lines)
      const bytes = Buffer.from(await new Response(compressed(body, coding)).arrayBuffer())
      expect(decode(bytes).toString()).toBe(lines.join(''))
      expect(bytes.length).toBeLessThan(lines.join('').length / 20)
      const empty = await new Response(compressed(partsOf([]).body, coding)).arrayBuffer()
      expect(decode(Buffer.from(empty)).length).toBe(0)
    })

    test('is sent chunk by chunk, as it is read', async () => {
      const { body, reads } = partsOf(lines)
      const reader = compressed(body, coding).getReader()
      for (let taken = 1; taken <= 3; taken++) {
        expect((await reader.read()).value?.length).toBeGreaterThan(0)
        expect(reads.parts).toBe(taken)
      }
      await reader.cancel()
      expect(reads).toEqual({ parts: 3, cancelled: true })
    })

    test('breaks off when the source does', async () => {
      const { body } = partsOf(lines, new Error('gone'))
      await expect(new Response(compressed(body, coding)).arrayBuffer()).rejects.toThrow('gone')
    })
  })
