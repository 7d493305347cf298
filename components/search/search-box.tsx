import { Combobox } from './box/combobox'
import styles from './search-box.module.css'

type Props = {
  value?: string
  /** Whether it is the main content of the page: it then has the focus while it is empty. */
  isMain?: boolean
  /** Whether it is hidden where the header has a search field. */
  isSpare?: boolean
}

/** A large search field. */
export const SearchBox = ({ value = '', isMain = false, isSpare }: Props) => (
  <search className={styles.box} data-spare={isSpare} data-screen>
    <form className={styles.search} action="/search">
      <Combobox key={value} value={value} placeholder="Artist, album or song" autoFocus={isMain && value === ''} />
      <button type="submit">Search</button>
    </form>
  </search>
)
