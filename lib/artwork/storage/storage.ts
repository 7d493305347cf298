import path from 'node:path'
import { env } from '@/lib/env'
import { FileStorage } from './files'

/** A file of a picture, with its name within the picture. */
export type StoredFile = { name: string; bytes: Uint8Array }

/** Stores the files of pictures under the picture's hash. Stored files never change. */
export type Storage = {
  /**
   * Stores the files of a picture, each atomically. When it returns, all are durable.
   * @throws AppError "unavailable" if writing fails; its message says what to do.
   */
  put(hash: string, files: readonly StoredFile[]): Promise<void>
  /** A file's bytes, or null if it doesn't exist. @throws AppError "unavailable". */
  read(hash: string, name: string): Promise<Buffer | null>
  /** Names of the stored files of a picture. */
  names(hash: string): Promise<string[]>
  /** Removes all files of a picture. */
  remove(hash: string): Promise<void>
  /** Every picture with at least one file, and the time of its last change. */
  list(): AsyncGenerator<{ hash: string; changedAt: Date }>
  /** Removes drafts from before `before`. @returns how many files. */
  sweep(before: Date): Promise<number>
}

const shared = globalThis as typeof globalThis & { syroArtworkStorage?: Promise<Storage> }

/** The configured storage: an S3 bucket if `S3_BUCKET` is set, else files in `SYRO_DATA_DIR`. */
export function storage(): Promise<Storage> {
  shared.syroArtworkStorage ??= openStorage()
  return shared.syroArtworkStorage
}

async function openStorage(): Promise<Storage> {
  const { S3_BUCKET: bucket, S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = env
  if (bucket === undefined) return new FileStorage(path.resolve(env.SYRO_DATA_DIR, 'artwork'))
  // The S3 client takes half a second to load.
  const { S3Storage } = await import('./s3')
  return new S3Storage({
    bucket,
    region: S3_REGION,
    endpoint: S3_ENDPOINT,
    credentials:
      S3_ACCESS_KEY_ID !== undefined && S3_SECRET_ACCESS_KEY !== undefined
        ? { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY }
        : undefined,
  })
}
