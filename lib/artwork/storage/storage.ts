import path from 'node:path'
import { env } from '@/lib/env'
import { FileStorage } from './files'

/** A file of a picture: its name among them, and its bytes. */
export type StoredFile = { name: string; bytes: Uint8Array }

/** Where pictures are kept: the files of each under its hash. What is there never changes. */
export type Storage = {
  /**
   * Puts the files of a picture there. Each is there whole or not at all, whatever happens meanwhile; when this is done,
   * all are there for good.
   * @throws AppError "unavailable" where it can't be written, with what to do about it.
   */
  put(hash: string, files: readonly StoredFile[]): Promise<void>
  /** A file's bytes, or null where there is no such file. @throws AppError "unavailable". */
  read(hash: string, name: string): Promise<Buffer | null>
  /** Names of the files that there are of a picture. */
  names(hash: string): Promise<string[]>
  /** Removes all files of a picture. */
  remove(hash: string): Promise<void>
  /** Every picture that there is something of, and when the last of it came. */
  list(): AsyncGenerator<{ hash: string; changedAt: Date }>
  /** Removes what was being written before `before` and never got there. @returns how many files. */
  sweep(before: Date): Promise<number>
}

const shared = globalThis as typeof globalThis & { syroArtworkStorage?: Promise<Storage> }

/** The one that the environment says: an S3 bucket where `S3_BUCKET` is set, else files in `SYRO_DATA_DIR`. */
export function storage(): Promise<Storage> {
  shared.syroArtworkStorage ??= openStorage()
  return shared.syroArtworkStorage
}

async function openStorage(): Promise<Storage> {
  const { S3_BUCKET: bucket, S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = env
  if (bucket === undefined) return new FileStorage(path.resolve(env.SYRO_DATA_DIR, 'artwork'))
  // Its client takes half a second to load, which only those wait for who have a bucket.
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
