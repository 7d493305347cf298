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
  /** Whether it has the focus when the page is opened. */
  autoFocus?: boolean
}

/** Which suggestion, -1 for none, and of which list. */
type Choice = { of: Suggestion[] | null; index: number }

/**
 * A search field that suggests what may be meant (WAI-ARIA's combobox with a list). Without scripts, and for whoever pays
 * no attention to the list, it is the field of a form.
 */
export function Combobox({ value = '', placeholder, autoFocus = false }: ComboboxProps) {
  const list = `${useId()}list`
  const field = useRef<HTMLInputElement>(null)
  const { suggestions, isAsking, ask } = useSuggestions()
  // Whether the list is wanted: it is shown where there is anything in it.
  const [isWanted, setWanted] = useState(false)
  const [choice, setChoice] = useState<Choice>({ of: null, index: -1 })
  const groups = groupsOf(suggestions ?? [])
  const size = suggestions?.length ?? 0
  const isOpen = isWanted && size > 0
  // What was chosen in one list is not what stands there in the next; the first may be chosen before there is any.
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
  /** From the field to the first or the last, and past that back into the field. */
  const move = (step: 1 | -1) => {
    if (isOpen) setActive(((active + 1 + step + size + 1) % (size + 1)) - 1)
    else {
      setWanted(true)
      setActive(step === 1 ? 0 : size - 1)
      if (suggestions === null && field.current) ask(field.current.value)
    }
  }

  /** @returns whether the key did something that the field itself is not to do. */
  const does = (key: string): boolean => {
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
        // They move in the text, as in any field.
        setActive(-1)
        return false
      default:
        return false
    }
  }
  const press = (event: KeyboardEvent) => {
    // What is being composed has keys of its own.
    if (event.nativeEvent.isComposing || event.metaKey || event.ctrlKey) return
    // With an arrow it selects text.
    if (event.shiftKey && event.key.startsWith('Arrow')) return
    if (does(event.key)) event.preventDefault()
  }
  /** The focus stays in the field. */
  const hold = (event: MouseEvent) => event.preventDefault()
  const open = ({ metaKey, ctrlKey, shiftKey, altKey }: MouseEvent) => {
    // What is opened beside this page leaves it as it is.
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
        // biome-ignore lint/a11y/noAutofocus: the page that asks for it is this box
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
