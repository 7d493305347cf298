import type { z } from 'zod'
import type { EnrichedKind } from '@/lib/catalogue/kinds'
import type { OutsideClient, RequestOptions, SourceResponse } from '@/lib/enrichment/http/client'
import type { Entity, Facts } from '@/lib/enrichment/schemas'
import type { Job, JobOutcome } from '@/lib/enrichment/store/jobs'
import type { Subject } from '@/lib/enrichment/store/read'

/** A client that keeps the source's rate limit. @throws OutsideFault; or the signal's reason. */
export type PacedClient = {
  json<Shape extends z.ZodType>(
    path: string,
    shape: Shape,
    options?: Pick<RequestOptions, 'etag' | 'isNothing'>,
  ): ReturnType<typeof OutsideClient.prototype.json<Shape>>
  get(path: string, options: Pick<RequestOptions, 'accept' | 'maxBytes' | 'isNothing'>): Promise<SourceResponse>
  signal: AbortSignal
}

/** The stored result of an earlier fetch. */
export type StoredResult = Pick<Job, 'etag' | 'externalId' | 'confidence' | 'refused'>

export type Finding = Extract<JobOutcome, { outcome: 'found' | 'unchanged' | 'unknown' | 'failed' }>

/** Found data to be stored. */
export type FoundData = { entity: Entity; data: Facts; at: Date }

export type Source = {
  /** The default address. */
  baseUrl: string
  /** The operator's settings: another address, and requests per second. */
  settings: () => { url: string | undefined; rate: number }
  kinds: readonly EnrichedKind[]
  /** The object of its coverage sentence: "9,120 of 10,000 albums have a cover". */
  dataName: string
  /** Whether it gives covers, which operators import as well. */
  covers?: boolean
  /** Fetches an entity's data. */
  lookUp(subject: Subject, known: StoredResult, client: PacedClient): Promise<Finding>
  /** Stores found data outside the enrichment table, before its row is written. */
  store?(found: FoundData[]): Promise<void>
  /** Removes stored data of wrong matches. */
  drop?(entities: Entity[]): Promise<void>
}
