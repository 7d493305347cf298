'use client'

import { useId } from 'react'
import { useAnswer } from './form'
import styles from './form.module.css'

type Props = {
  name: string
  label: string
  type?: 'text' | 'email' | 'password'
  /** The HTML attribute, for browsers and password managers. */
  autoComplete: string
  /** Help below the field. */
  hint?: string
  /** The initial value. */
  value?: string
  maxLength?: number
}

/** An input with its label above, and its help and error below. */
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
        // biome-ignore lint/a11y/noAutofocus: without scripts, this moves the focus to the first error
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
