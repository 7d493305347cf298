import type { EnrichedKind } from '@/lib/catalogue/kinds'
import { claim, type Job, type JobFilter } from '@/lib/enrichment/store/jobs'

/** Claims up to a number of jobs of each kind. */
export class Quota {
  /** Claimed jobs. */
  taken = 0
  /** Claims in flight, each for a job of any kind. */
  private asking = 0

  /** @param left counted down. */
  constructor(
    private readonly left: Map<EnrichedKind, number>,
    private readonly which: Omit<JobFilter, 'kinds'>,
  ) {}

  /** @returns null if claims in flight may use up the rest, or nothing is due. */
  async claim(source: string, worker: string, now: Date): Promise<Job | null> {
    const kinds = [...this.left].flatMap(([kind, most]) => (most > this.asking ? [kind] : []))
    if (kinds.length === 0) return null
    this.asking += 1
    try {
      const job = await claim(source, worker, now, { ...this.which, kinds })
      if (!job) return null
      this.left.set(job.kind, (this.left.get(job.kind) ?? 0) - 1)
      this.taken += 1
      return job
    } finally {
      this.asking -= 1
    }
  }
}
