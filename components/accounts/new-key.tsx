'use client'

import { useState } from 'react'
import button from '@/components/ui/button.module.css'
import { useAnswer } from '@/components/ui/form/form'
import styles from './keys.module.css'

/** The key that a form has just created, with a copy button. */
export function NewKey() {
  const { secret } = useAnswer()
  const [copied, setCopied] = useState<string>()
  if (!secret) return null
  const copy = () =>
    navigator.clipboard.writeText(secret).then(
      () => setCopied(secret),
      () => {},
    )
  return (
    <div className={styles.fresh}>
      <output>
        <code>{secret}</code>
      </output>
      <button type="button" className={`${button.button} ${styles.copy}`} onClick={copy}>
        {copied === secret ? 'Copied' : 'Copy'}
      </button>
    </div>
  )
}
