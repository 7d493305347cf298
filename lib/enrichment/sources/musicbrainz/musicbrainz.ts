import { Mbid } from '@/lib/enrichment/schemas'
import type { Finding, PacedClient, Source, StoredResult } from '@/lib/enrichment/sources/source'
import type { AlbumSubject, ArtistSubject } from '@/lib/enrichment/store/read'
import { env } from '@/lib/env'
import { albumFactsOf, artistFactsOf, labelOf } from './facts'
import {
  albumSearch,
  artistByAlbumsSearch,
  artistSearch,
  type Match,
  matchAlbum,
  matchArtist,
  matchArtistByAlbums,
} from './match'
import { Artist, FoundArtists, FoundReleaseGroups, isNothing, Release, ReleaseGroup, Releases } from './responses'

/**
 * MusicBrainz: kind, area, dates, names and links of artists; first release, kind and label of albums; genres. Looked up by
 * the imported id, else by the one found or chosen before, else by a search.
 * https://musicbrainz.org/doc/MusicBrainz_API
 */
export const musicbrainz: Source = {
  baseUrl: 'https://musicbrainz.org',
  settings: () => ({ url: env.MUSICBRAINZ_URL, rate: env.MUSICBRAINZ_RATE }),
  kinds: ['artist', 'album'],
  dataName: 'metadata',
  lookUp: (subject, known, client) =>
    subject.kind === 'artist' ? lookUpArtist(subject, known, client) : lookUpAlbum(subject, known, client),
}

type Id = { id: string; confidence: number }

/**
 * The ids to try: valid imported ones, then the one that was found or chosen before.
 */
function idsOf({ mbids }: { mbids: string[] }, { externalId, confidence, refused }: StoredResult): Id[] {
  const ids = mbids.flatMap((mbid) => Mbid.safeParse(mbid).data ?? []).map((id) => ({ id, confidence: 1 }))
  const known = Mbid.safeParse(externalId).data
  if (known && !refused.includes(known) && !ids.some(({ id }) => id === known))
    ids.push({ id: known, confidence: confidence ?? 1 })
  return ids
}

/** The stored entity tag, if it belongs to this id. */
const etagOf = (id: string, { externalId, etag }: StoredResult): string | null => (id === externalId ? etag : null)

async function lookUpArtist(subject: ArtistSubject, known: StoredResult, client: PacedClient): Promise<Finding> {
  for (const id of idsOf(subject, known)) {
    const found = await readArtist(id, known, client)
    if (found) return found
  }
  const match = await searchArtist(subject, known, client)
  const found = match.sure && (await readArtist(match.sure, known, client))
  return found || unknown(match)
}

async function searchArtist(subject: ArtistSubject, { refused }: StoredResult, { json }: PacedClient): Promise<Match> {
  if (subject.albums.length > 0) {
    const answer = await json(artistByAlbumsSearch(subject), FoundReleaseGroups)
    const groups = answer.kind === 'value' ? answer.value['release-groups'] : []
    const match = matchArtistByAlbums(subject, groups, refused)
    if (match.candidates.length > 0) return match
  }
  const answer = await json(artistSearch(subject), FoundArtists)
  return matchArtist(subject, answer.kind === 'value' ? answer.value.artists : [], refused)
}

async function readArtist({ id, confidence }: Id, known: StoredResult, { json }: PacedClient): Promise<Finding | null> {
  const path = `/ws/2/artist/${id}?inc=aliases+genres+url-rels&fmt=json`
  const answer = await json(path, Artist, { etag: etagOf(id, known), isNothing })
  if (answer.kind === 'nothing') return null
  if (answer.kind === 'unchanged') return { outcome: 'unchanged' }
  const { value, etag } = answer
  return { outcome: 'found', data: artistFactsOf(value), externalId: value.id, confidence, etag }
}

async function lookUpAlbum(subject: AlbumSubject, known: StoredResult, client: PacedClient): Promise<Finding> {
  for (const id of idsOf(subject, known)) {
    const found = (await readGroup(id, subject, known, client)) ?? (await readByRelease(id, subject, known, client))
    if (found) return found
  }
  const answer = await client.json(albumSearch(subject), FoundReleaseGroups)
  const groups = answer.kind === 'value' ? answer.value['release-groups'] : []
  const match = matchAlbum(subject, groups, known.refused)
  const found = match.sure && (await readGroup(match.sure, subject, known, client))
  return found || unknown(match)
}

async function readGroup(
  { id, confidence }: Id,
  { label }: AlbumSubject,
  known: StoredResult,
  { json }: PacedClient,
): Promise<Finding | null> {
  const path = `/ws/2/release-group/${id}?inc=artist-credits+genres&fmt=json`
  const answer = await json(path, ReleaseGroup, { etag: etagOf(id, known), isNothing })
  if (answer.kind === 'nothing') return null
  if (answer.kind === 'unchanged') return { outcome: 'unchanged' }
  const { value, etag } = answer
  const data = albumFactsOf(value, label === null ? await readLabel(value.id, json) : null)
  return { outcome: 'found', data, externalId: value.id, confidence, etag }
}

/** An album's imported id is often that of one of its releases. */
async function readByRelease(
  { id, confidence }: Id,
  subject: AlbumSubject,
  known: StoredResult,
  client: PacedClient,
): Promise<Finding | null> {
  const answer = await client.json(`/ws/2/release/${id}?inc=release-groups&fmt=json`, Release, { isNothing })
  const group = answer.kind === 'value' ? answer.value['release-group'] : null
  return group ? readGroup({ id: group.id, confidence }, subject, known, client) : null
}

/** MusicBrainz has labels of releases only. Fetched only if none was imported. */
async function readLabel(group: string, json: PacedClient['json']): Promise<string | null> {
  const path = `/ws/2/release?release-group=${group}&inc=labels&limit=100&fmt=json`
  const answer = await json(path, Releases, { isNothing })
  return answer.kind === 'value' ? labelOf(answer.value) : null
}

const unknown = ({ candidates }: Match): Finding => ({
  outcome: 'unknown',
  error: candidates.length > 0 ? 'No candidate is a sure match.' : 'Not found at MusicBrainz.',
  externalId: null,
  candidates,
})
