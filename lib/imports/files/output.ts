import { open, rename, rm } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { AppError } from '@/lib/errors'

/**
 * Has `write` write a file, which gets its name when it is whole: a file of that name stays as it was until then.
 * @throws AppError "unavailable" where it can't be written.
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
