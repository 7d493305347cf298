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

// It would say at each start that a version of some day will need a newer Node.js; this one is pinned.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

const CONNECT_MS = 3_000
/** For one file, of which the largest has some hundred kilobytes. */
const ANSWER_MS = 10_000
const ATTEMPTS = 3

export type S3Options = {
  bucket: string
  region: string
  /** Of what is compatible with S3; that of the region, where it is not given. */
  endpoint?: string | undefined
  /** Where they are not given, those that the client finds: in its own variables, its files, or on the machine. */
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined
}

/** Objects by prefix, a page of up to 1,000 at a time. */
const PREFIX = 'artwork/'
const prefixOf = (hash: string) => `${PREFIX}${hash}/`
const HASH = /^artwork\/([0-9a-f]{64})\//

/** Pictures in a bucket: `artwork/3fc1…/250.webp`. An object is there whole or not at all. */
export class S3Storage implements Storage {
  private readonly client: S3Client
  private readonly bucket: string

  constructor({ bucket, region, endpoint, credentials }: S3Options) {
    this.bucket = bucket
    this.client = new S3Client({
      region,
      ...(endpoint !== undefined && { endpoint }),
      ...(credentials && { credentials }),
      // What is compatible with S3 seldom has a name for each bucket, or knows its newer checksums.
      forcePathStyle: true,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      maxAttempts: ATTEMPTS,
      requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: ANSWER_MS, throwOnRequestTimeout: true },
    })
  }

  async put(hash: string, files: readonly StoredFile[]): Promise<void> {
    await this.told(() =>
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
    this.told(async () => {
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
    await this.told(() =>
      Promise.all(
        names.map((name) =>
          this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: prefixOf(hash) + name })),
        ),
      ),
    )
  }

  async *list(): AsyncGenerator<{ hash: string; changedAt: Date }> {
    let last: { hash: string; changedAt: Date } | undefined
    // In the order of their keys, so the objects of a picture come one after the other.
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
      const page = await this.told(() =>
        this.client.send(
          new ListObjectsV2Command({ Bucket: this.bucket, Prefix: prefix, ...(after && { ContinuationToken: after }) }),
        ),
      )
      for (const { Key, LastModified } of page.Contents ?? [])
        if (Key !== undefined) yield { key: Key, changedAt: LastModified ?? new Date() }
      after = page.IsTruncated ? page.NextContinuationToken : undefined
    } while (after)
  }

  /** Does it, and says in a sentence what keeps it from being done: of a key nothing but that it is refused. */
  private async told<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work()
    } catch (error) {
      const why = error instanceof Error ? error.name : String(error)
      throw new AppError('unavailable', `The bucket ${this.bucket} can’t be used just now (${why}).`, { cause: error })
    }
  }
}

const typeOf = (name: string): string =>
  Object.entries(FORMATS).find(([format]) => name.endsWith(`.${format}`))?.[1] ?? 'application/octet-stream'
