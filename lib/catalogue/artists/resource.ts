import { toArtistEnrichment } from '@/lib/catalogue/enrichment/resource'
import { orNull } from '@/lib/catalogue/resource-parts'
import type { Artist } from '@/lib/catalogue/resources'
import { refOf } from '@/lib/catalogue/slug'
import { pathOf } from '@/lib/http/api/address'
import { type ArtistRecord, findArtistRecords } from './records'

export const toArtist = (artist: ArtistRecord, origin: string): Artist => ({
  id: artist.id,
  href: origin + pathOf('/artists/{id}', artist),
  url: `${origin}/artists/${refOf(artist)}`,
  name: artist.name,
  sortName: artist.sortName,
  disambiguation: orNull(artist.disambiguation),
  kind: artist.kind,
  albumCount: artist.albumCount,
  songCount: artist.songCount,
  popularity: Number(artist.popularity),
  enrichment: toArtistEnrichment(artist.enrichments),
  externalIds: artist.externalIds,
  createdAt: artist.createdAt.toISOString(),
  updatedAt: artist.updatedAt.toISOString(),
})

/** Artists by id, in that order. */
export const readArtists = async (ids: number[], origin: string): Promise<Artist[]> =>
  (await findArtistRecords(ids)).map((artist) => toArtist(artist, origin))
