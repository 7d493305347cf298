import { Combobox } from './box/combobox'
import styles from './search-box.module.css'

/** The box that somebody came to type in, so it has the focus until they have. */
export const SearchBox = ({ value }: { value: string }) => (
  <search>
    <form className={styles.search} action="/search">
      <Combobox key={value} value={value} placeholder="Artist, album or song" autoFocus={value === ''} />
      <button type="submit">Look</button>
    </form>
  </search>
)
