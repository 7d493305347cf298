import { z } from 'zod'
import { addPicture, isCovered } from '@/lib/artwork/add-picture'
import { backgroundMaker } from '@/lib/artwork/making/makers'
import { removeFetchedCovers, setCovers } from '@/lib/artwork/write'
import { OutsideFault } from '@/lib/enrichment/http/fault'
import { CoverFacts, Mbid } from '@/lib/enrichment/shapes'
import { env } from '@/lib/env'
import type { Asking, Finding, Known, Source } from './source'

/**
 * The Cover Art Archive: fronts of albums, by their id at MusicBrainz. It says which pictures there are, and where; what
 * it says leads to the Internet Archive, which has them. https://musicbrainz.org/doc/Cover_Art_Archive/API
 */
export const coverart: Source = {
  baseUrl: 'https://coverartarchive.org',
  settings: () => ({ url: env.COVERART_URL, rate: env.COVERART_RATE }),
  kinds: ['album'],
  gives: 'a cover',
  covers: true,
  look: async (subject, known, asking) => {
    if (subject.kind !== 'album') return unknown('It has covers of albums alone.', null)
    // What MusicBrainz knows the album as is surely a release group; what was imported is that, or one of its releases.
    // What was imported as an id and is none would be refused, and what comes after it not asked for.
    const given = [subject.releaseGroup, ...subject.mbids].flatMap((id) => Mbid.safeParse(id).data ?? [])
    const ids = [...new Set(given)]
    // Whether anything is new is asked only where nothing has got lost here.
    const etag = known.etag !== null && (await isCovered(subject.id)) ? known.etag : null
    const found = await lookUnder(ids, { ...known, etag }, asking)
    // MusicBrainz may say meanwhile what else to ask for.
    const finding =
      found.outcome === 'unknown' && subject.releaseGroup === null ? { ...found, needs: 'musicbrainz' } : found
    // What was found under an id that the album has no more is of something else, and so is what nobody knows the id of.
    const isOther = known.externalId === null || !ids.includes(known.externalId)
    return isOther && (finding.outcome === 'unknown' || finding.outcome === 'failed')
      ? { ...finding, isOther }
      : finding
  },
  keep: (kept) =>
    setCovers(
      kept.flatMap(({ entity, data, at }) => {
        const cover = CoverFacts.safeParse(data).data
        return cover ? [{ albumId: entity.id, hash: cover.hash, source: 'coverart', fetchedAt: at }] : []
      }),
    ),
  drop: (entities) =>
    removeFetchedCovers(
      entities.map(({ id }) => id),
      'coverart',
    ),
}

async function lookUnder(ids: string[], { externalId, etag }: Known, asking: Asking): Promise<Finding> {
  const [first] = ids
  if (!first) return unknown('Its id at MusicBrainz is not known.', null)
  for (const id of ids)
    for (const entity of ['release-group', 'release']) {
      const path = `/${entity}/${encodeURIComponent(id)}`
      const answer = await asking.json(path, Index, { etag: id === externalId ? etag : null, isNothing })
      if (answer.kind === 'unchanged') return { outcome: 'unchanged' }
      if (answer.kind === 'value') return takeFront(answer.value, { id, etag: answer.etag }, asking)
    }
  return unknown('It has no picture of it.', first)
}

/** What it says of a release, or a release group, that it has nothing of: HTML, as all of its errors. */
const isNothing = (body: string): boolean => /\bNo [a-z ]{1,40} found for release\b/i.test(body)

/** Ids are numbers or texts; thumbnails are there in some sizes, in all, or not yet. Nothing but `image` is sure. */
const Index = z.object({
  images: z.array(
    z.object({
      id: z.union([z.number(), z.string()]).nullish(),
      image: z.string(),
      front: z.boolean().nullish(),
      approved: z.boolean().nullish(),
      types: z.array(z.string()).nullish(),
      thumbnails: z.record(z.string(), z.string().nullish()).nullish(),
    }),
  ),
})
type Image = z.output<typeof Index>['images'][number]

/** Variants have 1,000 pixels at the most (lib/artwork), so 1,200 are enough, and take a tenth of the bytes. */
const WANTED = '1200'
/** Where what is wanted is not there, or is not good, the next is asked for. */
const inOrder = ({ thumbnails, image }: Image): string[] =>
  [thumbnails?.[WANTED], image, thumbnails?.['500'] ?? thumbnails?.large].filter((url) => typeof url === 'string')

/** What lib/artwork takes at the most. */
const MAX_BYTES = 20 * 1024 * 1024

async function takeFront(
  { images }: z.output<typeof Index>,
  { id, etag }: { id: string; etag: string | null },
  asking: Asking,
): Promise<Finding> {
  const front = images.find(({ front }) => front) ?? images.find(({ types }) => types?.includes('Front'))
  if (!front) return unknown('It has pictures of it, and none is the front.', id)
  let refusal = ''
  for (const url of inOrder(front)) {
    const picture = await fetchPicture(url, asking)
    const taken =
      picture instanceof Uint8Array
        ? await addPicture(picture, { signal: asking.signal, by: backgroundMaker() })
        : picture
    if ('hash' in taken)
      return { outcome: 'found', data: { hash: taken.hash, url: httpsOf(url) }, externalId: id, confidence: 1, etag }
    refusal = taken.refused
  }
  // The album keeps what it has.
  return { outcome: 'failed', error: `Its front is not taken. ${refusal}` }
}

/** A picture, or why there is none. */
async function fetchPicture(url: string, { get }: Asking): Promise<Uint8Array | { refused: string }> {
  if (!CoverFacts.shape.url.safeParse(url).success) return { refused: 'The archive says no address of it.' }
  // The archive's own address stands in what it says, also in what a mirror of it says.
  const path = new URL(url).pathname
  try {
    // It is the Internet Archive that answers, in words of its own; what it lacks, others of the same picture may be there.
    const answer = await get(path, { accept: 'image/*', maxBytes: MAX_BYTES, isNothing: () => true })
    return answer.kind === 'body' ? answer.body : { refused: 'It is not where the archive says.' }
  } catch (error) {
    if (error instanceof OutsideFault && error.kind === 'large') return { refused: error.message }
    throw error
  }
}

/** It says http of itself, and answers to https. */
const httpsOf = (url: string): string => url.replace(/^http:/, 'https:')

const unknown = (error: string, externalId: string | null): Extract<Finding, { outcome: 'unknown' }> => ({
  outcome: 'unknown',
  error,
  externalId,
  candidates: [],
})
