import type { z } from 'zod'
import type { EnrichedKind } from '@/lib/catalogue/kinds'
import type { Answer, Ask, OutsideClient } from '@/lib/enrichment/http/client'
import type { Entity, Facts } from '@/lib/enrichment/shapes'
import type { Job, Outcome } from '@/lib/enrichment/store/jobs'
import type { Subject } from '@/lib/enrichment/store/read'

/** What a source is: who can be asked about what, and how what it says becomes what is kept. */

/** Asks a source, each time when it is this process's turn. @throws OutsideFault; or the signal's reason. */
export type Asking = {
  json<Shape extends z.ZodType>(
    path: string,
    shape: Shape,
    ask?: Pick<Ask, 'etag' | 'isNothing'>,
  ): ReturnType<typeof OutsideClient.prototype.json<Shape>>
  get(path: string, ask: Pick<Ask, 'accept' | 'maxBytes' | 'isNothing'>): Promise<Answer>
  signal: AbortSignal
}

/** What is known of an entity from before. */
export type Known = Pick<Job, 'etag' | 'externalId' | 'confidence' | 'refused'>

export type Finding = Extract<Outcome, { outcome: 'found' | 'unchanged' | 'unknown' | 'failed' }>

/** Something that was found, to be put where it belongs. */
export type Kept = { entity: Entity; data: Facts; at: Date }

export type Source = {
  /** Where it is, unless the operator says something else. */
  baseUrl: string
  /** What the operator says: another address, and how many requests a second it takes. */
  settings: () => { url: string | undefined; rate: number }
  kinds: readonly EnrichedKind[]
  /** What it has, in the sentence of its coverage: "9,120 of 10,000 albums have a cover". */
  gives: string
  /** Whether that is covers, which operators bring as well. */
  covers?: boolean
  /** Finds what the source says of something. */
  look(subject: Subject, known: Known, asking: Asking): Promise<Finding>
  /** Puts what was found where it belongs, before it is noted as found. */
  keep?(kept: Kept[]): Promise<void>
  /** Takes away again what was found of things that turned out to be something else. */
  drop?(entities: Entity[]): Promise<void>
}
