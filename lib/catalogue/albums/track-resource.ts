import { orNull } from '@/lib/catalogue/resource-parts'
import type { Track } from '@/lib/catalogue/resources'
import { pathOf } from '@/lib/http/api/address'
import type { TrackRecord } from './track-records'

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
