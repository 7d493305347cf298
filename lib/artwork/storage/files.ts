import { randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, opendir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '@/lib/errors'
import type { Storage, StoredFile } from './storage'

/** The directory of unfinished files. Its name is no hash, so it never holds a picture. */
const DRAFTS = '.new'
const HASH = /^[0-9a-f]{64}$/

/** Error messages by system error code. */
const faults: Record<string, (place: string) => string> = {
  ENOSPC: (place) => `The disk of ${place} is full. Make room there, or set SYRO_DATA_DIR to another.`,
  EDQUOT: (place) => `This user's disk quota for ${place} is used up. Make room there.`,
  EACCES: (place) => `This user has no permission to use ${place}. Grant it.`,
  EPERM: (place) => `This user has no permission to use ${place}. Grant it.`,
  ENOTDIR: (place) => `${place} is a file, or in one. Move it away, or set SYRO_DATA_DIR to another directory.`,
  EEXIST: (place) => `${place} is a file, or has one in place of a directory. Move it away.`,
  EROFS: (place) => `${place} is read-only. Set SYRO_DATA_DIR to a writable directory.`,
  EMFILE: () => 'Too many files are open.',
  EIO: (place) => `The disk of ${place} has an I/O error.`,
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')
const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(codeOf(error))

/** Pictures as files: `artwork/3f/3fc1…/250.webp`. */
export class FileStorage implements Storage {
  constructor(
    private readonly root: string,
    /** Replaced in tests to simulate a full disk. */
    private readonly openNew: (file: string) => Promise<FileHandle> = (file) => open(file, 'wx', 0o644),
  ) {}

  /**
   * Files are written under a draft name, synced and then renamed: a crash in between leaves a draft, which `sweep`
   * removes.
   */
  put = (hash: string, files: readonly StoredFile[]): Promise<void> =>
    this.withErrorText(async () => {
      const directory = this.directoryOf(hash)
      const drafts = files.map((file) => ({ ...file, draft: path.join(this.root, DRAFTS, randomUUID()) }))
      await mkdir(path.join(this.root, DRAFTS), { recursive: true })
      await mkdir(directory, { recursive: true })
      const written = await Promise.allSettled(drafts.map(({ draft, bytes }) => this.write(draft, bytes)))
      try {
        for (const each of written) if (each.status === 'rejected') throw each.reason
        for (const { draft, name } of drafts) await rename(draft, path.join(directory, name))
      } catch (error) {
        await Promise.all(drafts.map(({ draft }) => rm(draft, { force: true }).catch(() => {})))
        throw error
      }
      // Renames are durable once their directories are synced.
      for (const each of [directory, path.dirname(directory), this.root]) await syncDirectory(each)
    })

  read = (hash: string, name: string): Promise<Buffer | null> =>
    this.withErrorText(() => orMissing(readFile(path.join(this.directoryOf(hash), name)), null))

  names = (hash: string): Promise<string[]> => this.withErrorText(() => orMissing(readdir(this.directoryOf(hash)), []))

  remove = (hash: string): Promise<void> =>
    this.withErrorText(() => rm(this.directoryOf(hash), { recursive: true, force: true }))

  async *list(): AsyncGenerator<{ hash: string; changedAt: Date }> {
    for (const shard of await orMissing(readdir(this.root), [])) {
      if (!/^[0-9a-f]{2}$/.test(shard)) continue
      for await (const { name } of await opendir(path.join(this.root, shard))) {
        if (!HASH.test(name)) continue
        const found = await orMissing(stat(path.join(this.root, shard, name)), null)
        if (found) yield { hash: name, changedAt: found.mtime }
      }
    }
  }

  async sweep(before: Date): Promise<number> {
    const drafts = path.join(this.root, DRAFTS)
    let swept = 0
    for (const name of await orMissing(readdir(drafts), [])) {
      const found = await orMissing(stat(path.join(drafts, name)), null)
      if (!found || found.mtime >= before) continue
      await rm(path.join(drafts, name), { force: true })
      swept += 1
    }
    return swept
  }

  private directoryOf(hash: string): string {
    if (!HASH.test(hash)) throw new Error('A picture is named by its hash')
    return path.join(this.root, hash.slice(0, 2), hash)
  }

  private async write(draft: string, bytes: Uint8Array): Promise<void> {
    const file = await this.openNew(draft)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
  }

  /** Translates system errors into an AppError that says what to do. */
  private async withErrorText<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work()
    } catch (error) {
      const fault = faults[codeOf(error)]
      if (!fault) throw error
      throw new AppError('unavailable', fault(this.root), { cause: error })
    }
  }
}

async function orMissing<Result>(found: Promise<Result>, otherwise: Result): Promise<Result> {
  try {
    return await found
  } catch (error) {
    if (isMissing(error)) return otherwise
    throw error
  }
}

async function syncDirectory(directory: string): Promise<void> {
  // Windows can't open directories.
  if (process.platform === 'win32') return
  const handle = await open(directory)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
