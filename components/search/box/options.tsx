import type { MouseEvent } from 'react'
import { Cover } from '@/components/artwork/cover'
import { Mosaic } from '@/components/artwork/mosaic'
import { Portrait } from '@/components/artwork/portrait'
import { HighlightedText } from '@/components/search/highlighted-text'
import type { Suggestion } from '@/lib/search/suggest/views'
import styles from './options.module.css'

type Kind = Suggestion['kind']
type Group = { kind: Kind; suggestions: Suggestion[] }

const titles: Record<Kind, string> = {
  artist: 'Artists',
  album: 'Albums',
  song: 'Songs',
  playlist: 'Playlists',
  genre: 'Genres',
}

/** Groups suggestions by kind. The kind of the best one comes first. */
export const groupsOf = (suggestions: Suggestion[]): Group[] =>
  [...new Set(suggestions.map(({ kind }) => kind))].map((kind) => ({
    kind,
    suggestions: suggestions.filter((each) => each.kind === kind),
  }))

type OptionsProps = {
  /** The id of the list, and prefix of the ids of its options. */
  id: string
  groups: Group[]
  /** The index of the chosen suggestion, -1 for none. */
  active: number
  onChosen: (event: MouseEvent) => void
}

export const optionId = (id: string, index: number): string => `${id}-${index}`

/** The suggestions as links. The focus stays in the field, whose aria-activedescendant names the chosen one. */
export function Options({ id, groups, active, onChosen }: OptionsProps) {
  let index = -1
  return groups.map(({ kind, suggestions }) => (
    // biome-ignore lint/a11y/useSemanticElements: a group of a listbox is no fieldset
    <div key={kind} role="group" aria-labelledby={`${id}-${kind}`}>
      <div id={`${id}-${kind}`} className={styles.kind} role="presentation">
        {titles[kind]}
      </div>
      {suggestions.map((suggestion) => {
        index++
        return (
          <a
            key={suggestion.id}
            id={optionId(id, index)}
            className={styles.option}
            role="option"
            aria-selected={index === active}
            tabIndex={-1}
            href={suggestion.path}
            onClick={onChosen}
          >
            <span className={styles.picture}>{picture(suggestion)}</span>
            <span>
              <span className={styles.name} dir="auto">
                <HighlightedText text={suggestion.name} ranges={suggestion.marked} />
              </span>
              {suggestion.about && (
                <span className={styles.about} dir="auto">
                  {suggestion.about}
                </span>
              )}
            </span>
          </a>
        )
      })}
    </div>
  ))
}

function picture(of: Suggestion) {
  switch (of.kind) {
    case 'artist':
      return <Portrait of={of} />
    case 'album':
    case 'song':
      return <Cover of={of.covers[0] ?? of} place="option" />
    case 'playlist':
      return <Mosaic of={of} covers={of.covers} place="option" />
    case 'genre':
      return null
  }
}
