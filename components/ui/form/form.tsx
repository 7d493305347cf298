'use client'

import { createContext, type ReactNode, useActionState, useContext, useEffect, useRef } from 'react'
import button from '@/components/ui/button.module.css'
import type { Answer, FormAction } from './answer'
import styles from './form.module.css'

const AnswerContext = createContext<Answer>({})

/** The result of the surrounding form. */
export const useAnswer = (): Answer => useContext(AnswerContext)

type Props = {
  action: FormAction
  /** The text of its button. */
  submit: string
  /** A longer label of the button, for screen readers. */
  about?: string
  /** Whether it is the main form of the page. */
  isMain?: boolean
  children?: ReactNode
  /** Content below the message. */
  result?: ReactNode
  /** Replaces the fields after success. */
  after?: ReactNode
}

/**
 * A form that calls a server action, also without scripts. Errors are shown at their fields, and the first invalid field
 * gets the focus.
 */
export function Form({ action, submit, about, isMain, children, result, after }: Props) {
  const [answer, send, isSending] = useActionState(action, {})
  const form = useRef<HTMLFormElement>(null)

  useEffect(() => {
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    if (wrong) wrong.focus()
    else if (answer.fault || answer.done) form.current?.querySelector<HTMLElement>('[data-answer]')?.focus()
  }, [answer])

  const isOver = answer.done !== undefined && after !== undefined
  return (
    <AnswerContext value={answer}>
      <form ref={form} className={styles.form} action={send} noValidate>
        {!isOver && children}
        <p
          className={styles.answer}
          role={answer.fault ? 'alert' : 'status'}
          data-answer={answer.fault ? 'fault' : 'done'}
          tabIndex={-1}
        >
          {answer.fault ?? answer.done}
        </p>
        {result}
        {isOver ? (
          after
        ) : (
          <p>
            <button
              type="submit"
              className={button.button}
              data-main={isMain}
              aria-disabled={isSending}
              aria-label={about}
              onClick={(event) => isSending && event.preventDefault()}
            >
              {submit}
            </button>
          </p>
        )}
      </form>
    </AnswerContext>
  )
}
