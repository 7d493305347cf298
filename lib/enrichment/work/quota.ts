import type { EnrichedKind } from '@/lib/catalogue/kinds'
import { claim, type Job, type Which } from '@/lib/enrichment/store/jobs'

/** So many jobs of a source, of each kind, and no more, whatever else is queued. */
export class Portion {
  /** Jobs that were taken of it. */
  taken = 0
  /** Claims that are under way, each of a job of any kind. */
  private asking = 0

  /** @param left counted down. */
  constructor(
    private readonly left: Map<EnrichedKind, number>,
    private readonly which: Omit<Which, 'kinds'>,
  ) {}

  /** @returns null where the rest is being taken by others, or nothing is due. */
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
