import type { Standing } from '@/lib/enrichment/pace/read'
import type { Coverage, Failure, Review } from '@/lib/enrichment/store/read'
import { printable } from '@/lib/observability/printable'
import type { Refreshed } from './work/refresh'

/** What the command line says of it all. */

const count = (number: number): string => number.toLocaleString('en')

/** "26 h", "3 d". */
function formatAge(ms: number): string {
  const hours = Math.max(0, Math.round(ms / 3_600_000))
  return hours < 72 ? `${hours} h` : `${count(Math.round(hours / 24))} d`
}

/** "9,120 of 10,000 albums have a cover; 312 missing; 4 failed; oldest 26 h". */
export function describeCoverage(coverage: Coverage, gives: string, now: Date): string {
  const { kind, total, known, missing, failed, queued, toReview, oldest } = coverage
  const some = (number: number, what: string) => (number > 0 ? [`${count(number)} ${what}`] : [])
  return [
    `${count(known)} of ${count(total)} ${kind}s have ${gives}`,
    ...some(missing, 'missing'),
    ...some(toReview, 'to review'),
    ...some(failed, 'failed'),
    ...some(queued, 'queued'),
    ...(oldest ? [`oldest ${formatAge(now.getTime() - oldest.getTime())}`] : []),
  ].join('; ')
}

/** "4 × It has answered with 403." */
export const describeFailure = ({ error, count: times }: Failure): string => printable(`${count(times)} × ${error}`)

/** How a source is doing: its circuit breaker, above all. */
export function describeStanding(standing: Standing | undefined, now: Date): string {
  if (!standing) return 'never asked'
  const { failures, openedUntil, nextAt } = standing
  if (openedUntil && openedUntil > now)
    return `left alone until ${openedUntil.toISOString()}, after ${count(failures)} failures in a row`
  if (nextAt && nextAt.getTime() - now.getTime() > 60_000) return `asked to be left alone until ${nextAt.toISOString()}`
  return failures === 0 ? 'well' : `${count(failures)} failure${failures === 1 ? '' : 's'} in a row`
}

const outcomeNames: [keyof Refreshed['outcomes'], string][] = [
  ['found', 'fetched'],
  ['unchanged', 'unchanged'],
  ['unknown', 'not known there'],
  ['failed', 'failed'],
  ['later', 'to be tried again'],
  ['gone', 'no longer in the catalogue'],
]

/** "198 fetched, 2 not known there." @returns null where nothing was asked for. */
export function describeRefresh({ outcomes }: Refreshed): string | null {
  const parts = outcomeNames.flatMap(([outcome, name]) =>
    outcomes[outcome] > 0 ? [`${count(outcomes[outcome])} ${name}`] : [],
  )
  return parts.length === 0 ? null : `${parts.join(', ')}.`
}

/** What is to be decided, and how: a line for it, and one for each candidate. */
export const describeReview = ({ kind, id, name, candidates }: Review): string =>
  [
    `${kind} ${id}  ${name}`,
    ...candidates.map(
      (each) =>
        `  ${each.id}  ${Math.round(each.confidence * 100)}%  ${each.name}${each.detail && ` (${each.detail})`}`,
    ),
  ]
    // Anybody may edit what a source says.
    .map(printable)
    .join('\n')
