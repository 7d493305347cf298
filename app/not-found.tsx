import { SearchBox } from '@/components/search/search-box'
import { Notice } from '@/components/ui/notice'
import wrap from '@/components/ui/wrap.module.css'

export const metadata = { title: 'Page not found' }

export default function NotFound() {
  return (
    <div className={wrap.wrap}>
      <Notice title="Page not found">
        <p>Check the address for typing errors, search for what you want, or browse the catalogue.</p>
        <SearchBox />
        <ul>
          {['Albums', 'Artists', 'Songs', 'Playlists', 'Genres'].map((list) => (
            <li key={list}>
              <a href={`/${list.toLowerCase()}`}>{list}</a>
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  )
}
