import styles from './search-box.module.css'

/** The box that somebody came to type in, so it has the focus until they have. */
export const SearchBox = ({ value }: { value: string }) => (
  <search>
    <form className={styles.search} action="/search">
      <label htmlFor="q" className="aside">
        Artist, album or song
      </label>
      <input
        id="q"
        type="search"
        name="q"
        defaultValue={value}
        placeholder="Artist, album or song"
        autoComplete="off"
        maxLength={300}
        // biome-ignore lint/a11y/noAutofocus: the page is this box
        autoFocus={value === ''}
      />
      <button type="submit">Look</button>
    </form>
  </search>
)
