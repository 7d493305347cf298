import type { Track } from '@/lib/catalogue/api/resources'
import { orNull } from '@/lib/catalogue/api/shapes'
import { pathOf } from '@/lib/http/api/address'
import type { TrackRecord } from './queries'

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
