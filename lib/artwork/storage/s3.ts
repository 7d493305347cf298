import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { FORMATS } from '@/lib/catalogue/artwork/variants'
import { AppError } from '@/lib/errors'
import type { Storage, StoredFile } from './storage'

// Silences a warning at each start about Node.js versions of future releases; this release is pinned.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

const CONNECT_MS = 3_000
/** Timeout per file; the largest has a few hundred kilobytes. */
const REQUEST_MS = 10_000
const ATTEMPTS = 3

export type S3Options = {
  bucket: string
  region: string
  /** An S3-compatible service; by default the region's endpoint. */
  endpoint?: string | undefined
  /** By default the client's own chain: variables, files, instance metadata. */
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined
}

const PREFIX = 'artwork/'
const prefixOf = (hash: string) => `${PREFIX}${hash}/`
const HASH = /^artwork\/([0-9a-f]{64})\//

/** Pictures in a bucket: `artwork/3fc1…/250.webp`. S3 writes objects atomically. */
export class S3Storage implements Storage {
  private readonly client: S3Client
  private readonly bucket: string

  constructor({ bucket, region, endpoint, credentials }: S3Options) {
    this.bucket = bucket
    this.client = new S3Client({
      region,
      ...(endpoint !== undefined && { endpoint }),
      ...(credentials && { credentials }),
      // S3-compatible services rarely support virtual-hosted buckets or the newer checksums.
      forcePathStyle: true,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      maxAttempts: ATTEMPTS,
      requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: REQUEST_MS, throwOnRequestTimeout: true },
    })
  }

  async put(hash: string, files: readonly StoredFile[]): Promise<void> {
    await this.withErrorText(() =>
      Promise.all(
        files.map(({ name, bytes }) =>
          this.client.send(
            new PutObjectCommand({
              Bucket: this.bucket,
              Key: prefixOf(hash) + name,
              Body: bytes,
              ContentLength: bytes.length,
              ContentType: typeOf(name),
              CacheControl: 'public, max-age=31536000, immutable',
            }),
          ),
        ),
      ),
    )
  }

  read = (hash: string, name: string): Promise<Buffer | null> =>
    this.withErrorText(async () => {
      try {
        const command = new GetObjectCommand({ Bucket: this.bucket, Key: prefixOf(hash) + name })
        const { Body } = await this.client.send(command)
        return Body ? Buffer.from(await Body.transformToByteArray()) : null
      } catch (error) {
        if (error instanceof NoSuchKey) return null
        throw error
      }
    })

  async names(hash: string): Promise<string[]> {
    const names: string[] = []
    for await (const { key } of this.objects(prefixOf(hash))) names.push(key.slice(prefixOf(hash).length))
    return names
  }

  async remove(hash: string): Promise<void> {
    const names = await this.names(hash)
    await this.withErrorText(() =>
      Promise.all(
        names.map((name) =>
          this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: prefixOf(hash) + name })),
        ),
      ),
    )
  }

  async *list(): AsyncGenerator<{ hash: string; changedAt: Date }> {
    let last: { hash: string; changedAt: Date } | undefined
    // Sorted by key, so the objects of a picture are adjacent.
    for await (const { key, changedAt } of this.objects(PREFIX)) {
      const hash = HASH.exec(key)?.[1]
      if (hash === undefined) continue
      if (last && last.hash !== hash) yield last
      last = { hash, changedAt: last?.hash === hash && last.changedAt > changedAt ? last.changedAt : changedAt }
    }
    if (last) yield last
  }

  /** There are no drafts in a bucket. */
  sweep = async (): Promise<number> => 0

  private async *objects(prefix: string): AsyncGenerator<{ key: string; changedAt: Date }> {
    let after: string | undefined
    do {
      const page = await this.withErrorText(() =>
        this.client.send(
          new ListObjectsV2Command({ Bucket: this.bucket, Prefix: prefix, ...(after && { ContinuationToken: after }) }),
        ),
      )
      for (const { Key, LastModified } of page.Contents ?? [])
        if (Key !== undefined) yield { key: Key, changedAt: LastModified ?? new Date() }
      after = page.IsTruncated ? page.NextContinuationToken : undefined
    } while (after)
  }

  /** Translates errors into an AppError with the error's name alone: messages could hold credentials. */
  private async withErrorText<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work()
    } catch (error) {
      const why = error instanceof Error ? error.name : String(error)
      throw new AppError('unavailable', `The bucket ${this.bucket} is unavailable (${why}).`, { cause: error })
    }
  }
}

const typeOf = (name: string): string =>
  Object.entries(FORMATS).find(([format]) => name.endsWith(`.${format}`))?.[1] ?? 'application/octet-stream'
