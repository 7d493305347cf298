import { toReleaseDate } from '@/lib/catalogue/resource-parts'
import type { AlbumEnrichment, ArtistEnrichment } from '@/lib/catalogue/resources'
import type { Prisma } from '@/lib/db/generated/client'
import { AlbumFacts, ArtistFacts, type PartialDate } from './facts'

/** Selects enrichments in the statement that reads their artist or album. */
export const enrichmentSelect = {
  orderBy: { source: 'asc' },
  select: {
    source: true,
    state: true,
    externalId: true,
    confidence: true,
    fetchedAt: true,
    freshUntil: true,
    data: true,
  },
} satisfies Prisma.Artist$enrichmentsArgs

type EnrichmentRecord = Prisma.EnrichmentGetPayload<typeof enrichmentSelect>

/** Whether the data may be outdated: it has expired, or the last fetch failed or found nothing. */
export const isStale = ({ state, freshUntil }: Pick<EnrichmentRecord, 'state' | 'freshUntil'>, now: Date): boolean =>
  state !== 'fresh' || freshUntil === null || freshUntil <= now

/** Records without data, or with data of another shape such as a cover, are left out. */
const toEnrichments = <Facts, Fields>(
  records: EnrichmentRecord[],
  read: (data: unknown) => Facts | undefined,
  toFields: (facts: Facts) => Fields,
  now: Date,
) =>
  records.flatMap(({ source, state, externalId, confidence, fetchedAt, freshUntil, data }) => {
    const facts = read(data)
    if (facts === undefined || !fetchedAt || !freshUntil) return []
    return [
      {
        source,
        id: externalId,
        confidence,
        fetchedAt: fetchedAt.toISOString(),
        freshUntil: freshUntil.toISOString(),
        stale: isStale({ state, freshUntil }, now),
        ...toFields(facts),
      },
    ]
  })

const dateOrNull = (date: PartialDate | null) => date && toReleaseDate(date)

export const toArtistEnrichment = (records: EnrichmentRecord[], now = new Date()): ArtistEnrichment[] =>
  toEnrichments(
    records,
    (data) => ArtistFacts.safeParse(data).data,
    ({ artistKind, begin, end, hasEnded, ...facts }) => ({
      kind: artistKind,
      begin: dateOrNull(begin),
      end: dateOrNull(end),
      ended: hasEnded,
      ...facts,
    }),
    now,
  )

export const toAlbumEnrichment = (records: EnrichmentRecord[], now = new Date()): AlbumEnrichment[] =>
  toEnrichments(
    records,
    (data) => AlbumFacts.safeParse(data).data,
    ({ albumKind, firstReleased, ...facts }) => ({
      kind: albumKind,
      firstReleased: dateOrNull(firstReleased),
      ...facts,
    }),
    now,
  )
