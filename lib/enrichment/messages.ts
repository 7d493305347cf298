import type { SourceHealth } from '@/lib/enrichment/pace/health'
import type { Coverage, Failure, Review } from '@/lib/enrichment/store/read'
import type { RefreshSummary } from '@/lib/enrichment/work/refresh'
import { printable } from '@/lib/observability/printable'

/** Texts of the command line. */

const count = (number: number): string => number.toLocaleString('en')

/** "26 h", "3 d". */
function formatAge(ms: number): string {
  const hours = Math.max(0, Math.round(ms / 3_600_000))
  return hours < 72 ? `${hours} h` : `${count(Math.round(hours / 24))} d`
}

/** "9,120 of 10,000 albums have a cover; 312 missing; 4 failed; oldest 26 h". */
export function describeCoverage(coverage: Coverage, dataName: string, now: Date): string {
  const { kind, total, known, missing, failed, queued, toReview, oldest } = coverage
  const some = (number: number, what: string) => (number > 0 ? [`${count(number)} ${what}`] : [])
  return [
    `${count(known)} of ${count(total)} ${kind}s have ${dataName}`,
    ...some(missing, 'missing'),
    ...some(toReview, 'to review'),
    ...some(failed, 'failed'),
    ...some(queued, 'queued'),
    ...(oldest ? [`oldest ${formatAge(now.getTime() - oldest.getTime())}`] : []),
  ].join('; ')
}

/** "4 × coverartarchive.org answers with 403." */
export const describeFailure = ({ error, count: times }: Failure): string => printable(`${count(times)} × ${error}`)

/** The state of a source's circuit breaker. */
export function describeHealth(standing: SourceHealth | undefined, now: Date): string {
  if (!standing) return 'never used'
  const { failures, openedUntil, nextAt } = standing
  if (openedUntil && openedUntil > now)
    return `paused until ${openedUntil.toISOString()} after ${count(failures)} failures in a row`
  if (nextAt && nextAt.getTime() - now.getTime() > 60_000) return `paused until ${nextAt.toISOString()} at its request`
  return failures === 0 ? 'OK' : `${count(failures)} failure${failures === 1 ? '' : 's'} in a row`
}

const outcomeNames: [keyof RefreshSummary['outcomes'], string][] = [
  ['found', 'fetched'],
  ['unchanged', 'unchanged'],
  ['unknown', 'not found'],
  ['failed', 'failed'],
  ['later', 'to be retried'],
  ['gone', 'no longer in the catalogue'],
]

/** "198 fetched, 2 not found." @returns null if nothing was fetched. */
export function describeRefresh({ outcomes }: RefreshSummary): string | null {
  const parts = outcomeNames.flatMap(([outcome, name]) =>
    outcomes[outcome] > 0 ? [`${count(outcomes[outcome])} ${name}`] : [],
  )
  return parts.length === 0 ? null : `${parts.join(', ')}.`
}

/** A line for the entity and one for each candidate. */
export const describeReview = ({ kind, id, name, candidates }: Review): string =>
  [
    `${kind} ${id}  ${name}`,
    ...candidates.map(
      (each) =>
        `  ${each.id}  ${Math.round(each.confidence * 100)}%  ${each.name}${each.detail && ` (${each.detail})`}`,
    ),
  ]
    // Sources have user-edited texts.
    .map(printable)
    .join('\n')
