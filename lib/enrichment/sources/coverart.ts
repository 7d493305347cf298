import { z } from 'zod'
import { addPicture, isCovered } from '@/lib/artwork/add-picture'
import { backgroundDecoder } from '@/lib/artwork/decoding/decoder-pool'
import { removeFetchedCovers, setCovers } from '@/lib/artwork/write'
import { OutsideFault } from '@/lib/enrichment/http/fault'
import { CoverFacts, Mbid } from '@/lib/enrichment/schemas'
import { env } from '@/lib/env'
import type { Finding, PacedClient, Source, StoredResult } from './source'

/**
 * The Cover Art Archive: front covers by MusicBrainz id. Its index lists pictures, which the Internet Archive hosts.
 * https://musicbrainz.org/doc/Cover_Art_Archive/API
 */
export const coverart: Source = {
  baseUrl: 'https://coverartarchive.org',
  settings: () => ({ url: env.COVERART_URL, rate: env.COVERART_RATE }),
  kinds: ['album'],
  dataName: 'a cover',
  covers: true,
  lookUp: async (subject, known, client) => {
    if (subject.kind !== 'album') return unknown('The archive has covers of albums only.', null)
    // The matched id is a release group; imported ids are release groups or releases. Invalid imported ids are skipped,
    // because the archive's error would end the lookup.
    const valid = [subject.releaseGroup, ...subject.mbids].flatMap((id) => Mbid.safeParse(id).data ?? [])
    const ids = [...new Set(valid)]
    // A conditional request only if the stored cover is complete.
    const etag = known.etag !== null && (await isCovered(subject.id)) ? known.etag : null
    const found = await lookUpIds(ids, { ...known, etag }, client)
    // MusicBrainz may find another id meanwhile.
    const finding =
      found.outcome === 'unknown' && subject.releaseGroup === null ? { ...found, needs: 'musicbrainz' } : found
    // A cover stored under an id that this album no longer has belongs to another album; so does a cover without an id.
    const isOther = known.externalId === null || !ids.includes(known.externalId)
    return isOther && (finding.outcome === 'unknown' || finding.outcome === 'failed')
      ? { ...finding, isOther }
      : finding
  },
  store: (found) =>
    setCovers(
      found.flatMap(({ entity, data, at }) => {
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

async function lookUpIds(ids: string[], { externalId, etag }: StoredResult, client: PacedClient): Promise<Finding> {
  const [first] = ids
  if (!first) return unknown('The album has no MusicBrainz id.', null)
  for (const id of ids)
    for (const entity of ['release-group', 'release']) {
      const path = `/${entity}/${encodeURIComponent(id)}`
      const answer = await client.json(path, Index, { etag: id === externalId ? etag : null, isNothing })
      if (answer.kind === 'unchanged') return { outcome: 'unchanged' }
      if (answer.kind === 'value') return takeFront(answer.value, { id, etag: answer.etag }, client)
    }
  return unknown('The archive has no cover of it.', first)
}

/** The archive's own 404 is an HTML page, as all of its errors. */
const isNothing = (body: string): boolean => /\bNo [a-z ]{1,40} found for release\b/i.test(body)

/** Only `image` is always present: ids are numbers or texts, and thumbnails may be missing. */
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

/** The largest variant has 1,000 pixels (lib/artwork); 1,200 are enough and take a tenth of the original's bytes. */
const WANTED = '1200'
/** Addresses in order of preference: the next is tried if one is missing or refused. */
const inOrder = ({ thumbnails, image }: Image): string[] =>
  [thumbnails?.[WANTED], image, thumbnails?.['500'] ?? thumbnails?.large].filter((url) => typeof url === 'string')

/** The maximum that lib/artwork accepts. */
const MAX_BYTES = 20 * 1024 * 1024

async function takeFront(
  { images }: z.output<typeof Index>,
  { id, etag }: { id: string; etag: string | null },
  client: PacedClient,
): Promise<Finding> {
  const front = images.find(({ front }) => front) ?? images.find(({ types }) => types?.includes('Front'))
  if (!front) return unknown('The archive has pictures of it, but no front cover.', id)
  let refusal = ''
  for (const url of inOrder(front)) {
    const picture = await fetchPicture(url, client)
    const added =
      picture instanceof Uint8Array
        ? await addPicture(picture, { signal: client.signal, decoder: backgroundDecoder() })
        : picture
    if ('hash' in added)
      return { outcome: 'found', data: { hash: added.hash, url: httpsOf(url) }, externalId: id, confidence: 1, etag }
    refusal = added.refused
  }
  // The album keeps its current cover.
  return { outcome: 'failed', error: `Its front cover was refused. ${refusal}` }
}

/** @returns the picture, or the reason why it can't be fetched. */
async function fetchPicture(url: string, { get }: PacedClient): Promise<Uint8Array | { refused: string }> {
  if (!CoverFacts.shape.url.safeParse(url).success) return { refused: 'The archive gives an invalid address.' }
  // A mirror's index has the archive's host, so only the path is used.
  const path = new URL(url).pathname
  try {
    // Any 404 is accepted: the Internet Archive responds, and another size of the picture may exist.
    const answer = await get(path, { accept: 'image/*', maxBytes: MAX_BYTES, isNothing: () => true })
    return answer.kind === 'body' ? answer.body : { refused: 'The picture was not found at its address.' }
  } catch (error) {
    if (error instanceof OutsideFault && error.kind === 'large') return { refused: error.message }
    throw error
  }
}

/** The index has http addresses, but https works. */
const httpsOf = (url: string): string => url.replace(/^http:/, 'https:')

const unknown = (error: string, externalId: string | null): Extract<Finding, { outcome: 'unknown' }> => ({
  outcome: 'unknown',
  error,
  externalId,
  candidates: [],
})
