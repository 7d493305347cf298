import { SearchBox } from '@/components/search/search-box'
import { Notice } from '@/components/ui/notice'
import wrap from '@/components/ui/wrap.module.css'

export const metadata = { title: 'Not on the shelf' }

export default function NotFound() {
  return (
    <div className={wrap.wrap}>
      <Notice title="That isn’t on the shelf">
        <p>There is nothing at this address. It may have been mistyped, or the list is shorter than it was.</p>
        <SearchBox />
        <ul>
          <li>
            <a href="/albums">Albums</a>
          </li>
          <li>
            <a href="/artists">Artists</a>
          </li>
          <li>
            <a href="/songs">Songs</a>
          </li>
          <li>
            <a href="/playlists">Playlists</a>
          </li>
          <li>
            <a href="/genres">Genres</a>
          </li>
        </ul>
      </Notice>
    </div>
  )
}
