'use client'

import { useId } from 'react'
import { useAnswer } from './form'
import styles from './form.module.css'

type Props = {
  name: string
  label: string
  type?: 'text' | 'email' | 'password'
  /** What a browser or a password manager may fill in. */
  autoComplete: string
  /** What is good to know before typing. */
  hint?: string
  /** What stands in it at first. */
  value?: string
  maxLength?: number
}

/** A line to type in, with what it is for above it and what is wrong with it below. */
export function Field({ name, label, type = 'text', autoComplete, hint, value, maxLength }: Props) {
  const { faults = {}, values = {} } = useAnswer()
  const id = useId()
  const fault = faults[name]
  const isFirst = Object.keys(faults)[0] === name
  const notes = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ')
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        type={type}
        dir={type === 'text' ? 'auto' : undefined}
        autoComplete={autoComplete}
        autoCapitalize={type === 'text' ? undefined : 'none'}
        spellCheck={false}
        defaultValue={values[name] ?? value}
        maxLength={maxLength}
        required
        aria-invalid={fault ? true : undefined}
        aria-describedby={notes || undefined}
        // biome-ignore lint/a11y/noAutofocus: where no scripts run, this is what leads to the first fault
        autoFocus={isFirst || undefined}
      />
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {fault && (
        <p id={`${id}-fault`} className={styles.fault}>
          {fault}
        </p>
      )}
    </div>
  )
}
