import { Mosaic } from '@/components/artwork/mosaic'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { DetailHead } from '@/components/ui/detail-head'
import { drawingOf } from '@/lib/catalogue/artwork/drawing'
import type { PlaylistRow } from '@/lib/playlists/views'
import { playlistFacts } from './playlist-list'

export const PlaylistHead = ({ playlist }: { playlist: PlaylistRow }) => (
  <DetailHead
    palette={drawingOf(playlist.covers[0] ?? playlist).palette}
    colour={playlist.covers[0]?.cover?.colour}
    picture={<Mosaic of={playlist} covers={playlist.covers} place="head" load="first" />}
    above={<Breadcrumbs crumbs={[{ name: 'Playlists', path: '/playlists' }]} />}
    kind="Playlist"
    title={playlist.name}
  >
    {playlist.description && <p dir="auto">{playlist.description}</p>}
    <p>{playlistFacts(playlist)}</p>
  </DetailHead>
)
