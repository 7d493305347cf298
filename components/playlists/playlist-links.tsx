import { faceOf } from '@/components/ui/fonts/face'
import index from '@/components/ui/index-list.module.css'
import { count } from '@/components/ui/text'
import type { PlaylistLink } from '@/lib/catalogue/views'
import { playlistPath } from './paths'

/** Links to playlists, with their number of songs. */
export const PlaylistLinks = ({ playlists }: { playlists: PlaylistLink[] }) => (
  <ul className={index.index} data-walk="grid">
    {playlists.map((playlist) => (
      <li key={playlist.id}>
        <a href={playlistPath(playlist)} dir="auto" data-face={faceOf(playlist.name)}>
          {playlist.name}
        </a>
        <span>{count(playlist.itemCount, 'song')}</span>
      </li>
    ))}
  </ul>
)
