import { Combobox } from './box/combobox'
import styles from './search-box.module.css'

type Props = {
  value?: string
  /** Whether the page is this box: then it has the focus until something was typed. */
  isMain?: boolean
  /** Whether it stands there only where the header has no box. */
  isSpare?: boolean
}

/** A box as large as a title. */
export const SearchBox = ({ value = '', isMain = false, isSpare }: Props) => (
  <search className={styles.box} data-spare={isSpare} data-screen>
    <form className={styles.search} action="/search">
      <Combobox key={value} value={value} placeholder="Artist, album or song" autoFocus={isMain && value === ''} />
      <button type="submit">Search</button>
    </form>
  </search>
)
