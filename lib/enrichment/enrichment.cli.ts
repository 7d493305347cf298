import { type Command, InvalidArgumentError, Option } from 'commander'
import { type EnrichedKind, enrichedKinds } from '@/lib/catalogue/kinds'
import { env, type SourceName, sourceNames } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { printableJson } from '@/lib/observability/printable'
import { showProgress } from '@/lib/observability/progress'
import { type Shell, wholeNumber } from '@/lib/shell'
import { type Entity, Mbid } from './schemas'

type RefreshOptions = { limit?: number; olderThan?: number; source?: SourceName; kind?: EnrichedKind; force?: boolean }

export function addEnrichmentCommands(program: Command, shell: Shell): void {
  program
    .command('refresh')
    .description('fetch missing and outdated data from the sources in ENRICHMENT')
    .option('--limit <number>', 'the maximum number of artists and of albums per source', toCount)
    .option('--older-than <time>', 'fetch data older than 90s, 30m, 24h, 7d; by default, expired data', toTime)
    .addOption(new Option('--source <name>', 'fetch from this source only').choices(sourceNames))
    .addOption(new Option('--kind <kind>', 'fetch this kind only').choices(enrichedKinds))
    .option('--force', 'fetch everything, also failed and unchanged data')
    .action((options: RefreshOptions) => shell.inDatabase(() => refreshShown(options, shell)))

  const enrichment = program.command('enrichment').description('show fetched data and review matches')
  enrichment
    .command('status')
    .description('show the coverage and health of each source')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }) => shell.inDatabase(() => showStatus(json ?? false, shell)))
  enrichment
    .command('review')
    .description('list ambiguous matches; choose a candidate or refuse all')
    .option('--limit <number>', 'the maximum number of entries', toCount, 20)
    .option('--take', 'with kind, id and MusicBrainz id: choose this match')
    .option('--refuse', 'with kind and id: refuse all candidates')
    .option('--json', 'as JSON')
    .argument('[kind]', enrichedKinds.join(' or '), toKind)
    .argument('[id]', 'its id in the catalogue', toCount)
    .argument('[mbid]', 'its id at MusicBrainz', toMbid)
    .action(
      (kind: EnrichedKind | undefined, id: number | undefined, mbid: string | undefined, options: ReviewOptions) =>
        shell.inDatabase(() => review(kind && id ? { kind, id } : null, mbid, options, shell)),
    )
}

/** The number of errors that `status` shows per source. */
const REASONS = 3

/** The source whose matches are reviewed. */
const MATCHED: SourceName = 'musicbrainz'

async function refreshShown(options: RefreshOptions, { signal, stderr, console }: Shell): Promise<void> {
  const names = env.ENRICHMENT.filter((name) => !options.source || name === options.source)
  if (names.length === 0)
    throw new AppError(
      'invalid',
      options.source && env.ENRICHMENT.length > 0
        ? `${options.source} is not enabled: ENRICHMENT is ${env.ENRICHMENT.join(', ')}.`
        : 'No source is enabled. Set ENRICHMENT to the sources to use: musicbrainz,coverart.',
    )
  const { sources } = await import('./sources/table')
  const { kind } = options
  const chosenSources = kind ? names.filter((name) => sources[name].kinds.includes(kind)) : names
  if (chosenSources.length === 0) throw new AppError('invalid', `${names.join(' and ')} has no data about ${kind}s.`)
  const { realClock } = await import('./work/clock')
  const { openSources } = await import('@/lib/enrichment/work/open-sources')
  const { refresh } = await import('./work/refresh')
  const { describeRefresh } = await import('./messages')
  const progress = showProgress({
    isTerminal: stderr.isTTY ?? false,
    columns: stderr.columns ?? 80,
    write: (text) => stderr.write(text),
    now: () => performance.now(),
    unit: 'responses',
  })
  progress.step(`Fetching from ${chosenSources.join(' and ')}`, 0, 1)
  try {
    const request = {
      sources: openSources(chosenSources, realClock),
      kinds: kind ? [kind] : enrichedKinds,
      limit: options.limit ?? Number.MAX_SAFE_INTEGER,
      olderThan: options.olderThan ?? null,
      force: options.force ?? false,
    }
    const work = { ttl: env.ENRICHMENT_TTL, clock: realClock, signal }
    const refreshed = await refresh(request, work, (done, all) => progress.read(done, done / all))
    progress.end()
    const summary = describeRefresh(refreshed) ?? (signal.aborted ? null : 'Nothing to fetch.')
    if (summary !== null) console.log(summary)
    const [away] = refreshed.leftAlone
    if (away)
      throw new AppError(
        'unavailable',
        `${refreshed.leftAlone.map(({ name }) => name).join(' and ')} is unavailable; run this again after ${away.until.toISOString()}.`,
      )
  } finally {
    progress.end()
    ;(await import('@/lib/artwork/decoding/decoder-pool')).backgroundDecoder().end()
  }
  signal.throwIfAborted()
}

async function showStatus(json: boolean, { console }: Shell): Promise<void> {
  const { findCoverage, findFailures } = await import('@/lib/enrichment/store/read')
  const { findSourceHealth } = await import('@/lib/enrichment/pace/health')
  const { sources } = await import('./sources/table')
  const { describeCoverage, describeFailure, describeHealth } = await import('./messages')
  const sourceKinds = sourceNames.flatMap((source) =>
    sources[source].kinds.map((kind) => ({ source, kind, covers: sources[source].covers })),
  )
  const coverage = await findCoverage(sourceKinds)
  const healths = await findSourceHealth()
  const failures = await findFailures(REASONS)
  if (json) return console.log(printableJson({ turnedOn: env.ENRICHMENT, coverage, sources: healths, failures }))
  const now = new Date()
  for (const name of sourceNames) {
    const isOn = env.ENRICHMENT.includes(name)
    const health = healths.find((each) => each.name === name)
    console.log(`${name}: ${isOn ? describeHealth(health, now) : 'not enabled'}`)
    for (const part of coverage.filter(({ source }) => source === name))
      console.log(`  ${describeCoverage(part, sources[name].dataName, now)}`)
    for (const failure of failures.filter(({ source }) => source === name))
      console.log(`    ${describeFailure(failure)}`)
  }
}

type ReviewOptions = { limit: number; take?: boolean; refuse?: boolean; json?: boolean }

async function review(
  entity: Entity | null,
  mbid: string | undefined,
  options: ReviewOptions,
  { console }: Shell,
): Promise<void> {
  const { choose, refuse } = await import('./decisions')
  if (options.take && options.refuse) throw new AppError('invalid', '--take and --refuse exclude each other.')
  if (!options.take && !options.refuse) return listReviews(entity, options, console)
  if (!entity || (options.take && mbid === undefined))
    throw new AppError(
      'invalid',
      options.take
        ? '--take needs <kind> <id> <mbid>, as in: album 12 f5093c06-23e3-404f-aeaa-40f72885ee3a'
        : '--refuse needs <kind> <id>, as in: album 12',
    )
  const what = `${entity.kind} ${entity.id}`
  if (options.refuse) {
    if (!(await refuse(entity, MATCHED))) throw new AppError('not_found', `${what} has no candidates to refuse.`)
    console.log(`All candidates for ${what} are refused and will not be offered again.`)
  } else {
    const imported = await importedInstead(entity, mbid ?? '')
    if (imported)
      throw new AppError(
        'invalid',
        `${what} was imported with the id ${imported}, which takes precedence. Import it with the other id, or without one.`,
      )
    if (!(await choose(entity, MATCHED, mbid ?? '', new Date())))
      throw new AppError('not_found', `${what} has not been fetched yet.`)
    console.log(`${what} is ${mbid}; its data will be fetched next.`)
  }
}

/** The imported id that would take precedence over the choice; null if there is none, or its fetch found nothing. */
async function importedInstead(entity: Entity, mbid: string): Promise<string | null> {
  const { findReviews, findSubject } = await import('@/lib/enrichment/store/read')
  const ids = (await findSubject(entity))?.mbids.flatMap((id) => Mbid.safeParse(id).data ?? []) ?? []
  const [first] = ids
  return first && !ids.includes(mbid) && (await findReviews(1, entity)).length === 0 ? first : null
}

async function listReviews(
  entity: Entity | null,
  { limit, json }: ReviewOptions,
  console: Shell['console'],
): Promise<void> {
  const { findReviews } = await import('@/lib/enrichment/store/read')
  const { describeReview } = await import('./messages')
  const reviews = await findReviews(limit, entity)
  if (json) console.log(printableJson(reviews))
  else
    console.log(
      reviews.length === 0
        ? `Nothing to review${entity ? ` for ${entity.kind} ${entity.id}` : ''}.`
        : reviews.map(describeReview).join('\n'),
    )
}

const toCount = wholeNumber(1)

const MS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Parses a duration into ms. */
function toTime(text: string): number {
  const [, amount, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
  const ms = MS[unit]
  if (amount === undefined || ms === undefined)
    throw new InvalidArgumentError('It must be a number followed by s, m, h or d, such as 24h.')
  return Number(amount) * ms
}

function toKind(text: string): EnrichedKind {
  const kind = enrichedKinds.find((each) => each === text)
  if (!kind) throw new InvalidArgumentError(`It must be ${enrichedKinds.join(' or ')}.`)
  return kind
}

function toMbid(text: string): string {
  const mbid = Mbid.safeParse(text).data
  if (!mbid) throw new InvalidArgumentError('It must be a MusicBrainz id, a UUID.')
  return mbid
}
