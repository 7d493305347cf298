import { open, rename, rm } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { AppError } from '@/lib/errors'

/**
 * Writes a file under a temporary name and renames it when complete, so that an old file stays until then.
 * @throws AppError "unavailable" if it can't be written.
 */
export async function writeFileWhole(name: string, write: (out: Writable) => Promise<void>): Promise<void> {
  const unfinished = `${name}.unfinished`
  try {
    await write((await open(unfinished, 'w')).createWriteStream())
    await rename(unfinished, name)
  } catch (error) {
    await rm(unfinished, { force: true })
    const isOfFile = error instanceof Error && 'syscall' in error && 'path' in error
    throw isOfFile ? new AppError('unavailable', `${name} can't be written: ${error.message}`, { cause: error }) : error
  }
}
