'use client'

import { usePathname } from 'next/navigation'
import styles from './sections.module.css'

const sections = { Albums: '/albums', Artists: '/artists', Songs: '/songs', Playlists: '/playlists', Genres: '/genres' }

/** The main navigation, with the current section marked. */
export function Sections() {
  const [, section] = usePathname().split('/')
  return (
    <nav className={styles.sections} aria-label="Catalogue">
      <ul>
        {Object.entries(sections).map(([name, path]) => (
          <li key={path}>
            <a href={path} aria-current={path === `/${section}` ? 'true' : undefined}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
