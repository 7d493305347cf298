'use client'

import { type KeyboardEvent, type MouseEvent, useEffect, useId, useRef, useState } from 'react'
import { count } from '@/components/ui/text'
import type { Suggestion } from '@/lib/search/suggest/views'
import styles from './combobox.module.css'
import { groupsOf, Options, optionId } from './options'
import { useSuggestions } from './use-suggestions'

type ComboboxProps = {
  value?: string
  placeholder: string
  autoFocus?: boolean
}

/** The index of the chosen suggestion, -1 for none, and its list. */
type Choice = { of: Suggestion[] | null; index: number }

/**
 * A search field with suggestions (the WAI-ARIA combobox pattern). Without scripts, or if the list is ignored, it is an
 * ordinary form field.
 */
export function Combobox({ value = '', placeholder, autoFocus = false }: ComboboxProps) {
  const list = `${useId()}list`
  const field = useRef<HTMLInputElement>(null)
  const { suggestions, isAsking, ask } = useSuggestions()
  // The list is shown if it is wanted and not empty.
  const [isWanted, setWanted] = useState(false)
  const [choice, setChoice] = useState<Choice>({ of: null, index: -1 })
  const groups = groupsOf(suggestions ?? [])
  const size = suggestions?.length ?? 0
  const isOpen = isWanted && size > 0
  // A choice is void once the list changes. It may be made before the first list arrives.
  const active = choice.of === null || choice.of === suggestions ? choice.index : -1
  const setActive = (index: number) => setChoice({ of: suggestions, index })
  const chosen = isOpen && active >= 0 ? optionId(list, active) : undefined

  useEffect(() => {
    if (chosen) document.getElementById(chosen)?.scrollIntoView({ block: 'nearest' })
  }, [chosen])

  const type = (text: string) => {
    setActive(-1)
    setWanted(true)
    ask(text)
  }
  const close = () => {
    setWanted(false)
    setActive(-1)
  }
  const clear = () => {
    if (field.current) field.current.value = ''
    ask('')
    close()
  }
  /** Moves from the field to the first or last suggestion, and past the ends back to the field. */
  const move = (step: 1 | -1) => {
    if (isOpen) setActive(((active + 1 + step + size + 1) % (size + 1)) - 1)
    else {
      setWanted(true)
      setActive(step === 1 ? 0 : size - 1)
      if (suggestions === null && field.current) ask(field.current.value)
    }
  }

  /** @returns whether the key was handled, so that the field must ignore it. */
  const handleKey = (key: string): boolean => {
    switch (key) {
      case 'ArrowDown':
        move(1)
        return true
      case 'ArrowUp':
        move(-1)
        return true
      case 'Enter':
        if (chosen) document.getElementById(chosen)?.click()
        else close()
        return chosen !== undefined
      case 'Escape':
        if (isOpen) close()
        else clear()
        return true
      case 'Home':
      case 'End':
      case 'ArrowLeft':
      case 'ArrowRight':
        // They move the caret.
        setActive(-1)
        return false
      default:
        return false
    }
  }
  const press = (event: KeyboardEvent) => {
    // Input methods use these keys while composing.
    if (event.nativeEvent.isComposing || event.metaKey || event.ctrlKey) return
    // Shift and an arrow select text.
    if (event.shiftKey && event.key.startsWith('Arrow')) return
    if (handleKey(event.key)) event.preventDefault()
  }
  /** The focus stays in the field. */
  const hold = (event: MouseEvent) => event.preventDefault()
  const open = ({ metaKey, ctrlKey, shiftKey, altKey }: MouseEvent) => {
    // The link opens in another tab or window, so this page stays as it is.
    if (metaKey || ctrlKey || shiftKey || altKey) return
    clear()
    field.current?.blur()
  }

  return (
    <>
      <input
        ref={field}
        type="search"
        name="q"
        dir="auto"
        defaultValue={value}
        placeholder={placeholder}
        aria-label={placeholder}
        maxLength={300}
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="search"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={list}
        aria-activedescendant={chosen}
        // biome-ignore lint/a11y/noAutofocus: the field is the purpose of the search page
        autoFocus={autoFocus}
        onInput={({ currentTarget }) => type(currentTarget.value)}
        onKeyDown={press}
        onClick={() => setWanted(true)}
        onBlur={close}
      />
      <div
        id={list}
        className={styles.list}
        role="listbox"
        aria-label="Suggestions"
        aria-busy={isAsking}
        hidden={!isOpen}
        onMouseDown={hold}
      >
        {isOpen && <Options id={list} groups={groups} active={active} onChosen={open} />}
      </div>
      <span className="aside" aria-live="polite">
        {isWanted && suggestions !== null && (size > 0 ? count(size, 'suggestion') : 'No suggestions')}
      </span>
    </>
  )
}
