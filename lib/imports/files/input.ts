import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { AppError } from '@/lib/errors'

/** A file, or the standard input for "-". Files that end in ".gz" are decompressed. */
export type Input = {
  name: string
  /** Bytes on disk; null if unknown. */
  size: number | null
  bytesRead: () => number
  chunks: AsyncIterable<Buffer>
}

export const STANDARD_INPUT = 'the standard input'

const CHUNK = 256 * 1024

/** @throws AppError "invalid" if it can't be read. */
export async function openInput(name: string, stdin: Readable = process.stdin): Promise<Input> {
  const size = name === '-' ? null : await sizeOf(name)
  let bytes = 0
  async function* count(): AsyncGenerator<Buffer> {
    const raw: AsyncIterable<Buffer> = name === '-' ? stdin : createReadStream(name, { highWaterMark: CHUNK })
    for await (const chunk of raw) {
      bytes += chunk.length
      yield chunk
    }
  }
  const shown = name === '-' ? STANDARD_INPUT : name
  return { name: shown, size, bytesRead: () => bytes, chunks: name.endsWith('.gz') ? unpack(name, count()) : count() }
}

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read it',
}

async function sizeOf(name: string): Promise<number | null> {
  const stats = await stat(name).catch((error: NodeJS.ErrnoException) => {
    const reason = reasons[error.code ?? ''] ?? error.message
    throw new AppError('invalid', `${name} can't be read: ${reason}.`, { cause: error })
  })
  if (stats.isDirectory()) throw new AppError('invalid', `${name} can't be read: it is a directory.`)
  return stats.isFile() ? stats.size : null
}

async function* unpack(name: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  // Errors of either stream end the loop below; pipeline requires a callback.
  const unpacked: AsyncIterable<Buffer> = pipeline(Readable.from(chunks), createGunzip(), () => {})
  try {
    yield* unpacked
  } catch (error) {
    throw new AppError('invalid', `${name} can't be decompressed: it is truncated or not a gzip file.`, {
      cause: error,
    })
  }
}
