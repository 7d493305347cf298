import { toArtwork } from '@/lib/catalogue/artwork/resource'
import { toAlbumEnrichment } from '@/lib/catalogue/enrichment/resource'
import { orNull, toReleaseDate } from '@/lib/catalogue/resource-parts'
import type { Album, Track } from '@/lib/catalogue/resources'
import { refOf } from '@/lib/catalogue/slug'
import { pathOf } from '@/lib/http/api/address'
import { type AlbumRecord, findAlbumRecords } from './records'
import type { TrackRecord } from './track-records'

export const toAlbum = (album: AlbumRecord, origin: string): Album => ({
  id: album.id,
  href: origin + pathOf('/albums/{id}', album),
  url: `${origin}/albums/${refOf(album)}`,
  title: album.title,
  disambiguation: orNull(album.disambiguation),
  kind: album.kind,
  credit: album.credit,
  releaseDate: toReleaseDate(album),
  label: album.label,
  discCount: album.discCount,
  trackCount: album.trackCount,
  durationMs: album.timedCount > 0 ? Number(album.durationMs) : null,
  timedCount: album.timedCount,
  popularity: Number(album.popularity),
  artwork: toArtwork(album, origin),
  enrichment: toAlbumEnrichment(album.enrichments),
  externalIds: album.externalIds,
  createdAt: album.createdAt.toISOString(),
  updatedAt: album.updatedAt.toISOString(),
})

/** Albums by id, in that order. */
export const readAlbums = async (ids: number[], origin: string): Promise<Album[]> =>
  (await findAlbumRecords(ids)).map((album) => toAlbum(album, origin))

export const toTrack = (track: TrackRecord, origin: string): Track => ({
  disc: { position: track.disc, title: orNull(track.discTitle), format: orNull(track.discFormat) },
  position: track.position,
  number: track.number,
  title: track.title,
  durationMs: track.durationMs,
  song: {
    id: track.songId,
    href: origin + pathOf('/songs/{id}', { id: track.songId }),
    title: track.songTitle,
    credit: track.songCredit,
  },
})
