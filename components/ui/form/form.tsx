'use client'

import { createContext, type ReactNode, useActionState, useContext, useEffect, useRef } from 'react'
import button from '@/components/ui/button.module.css'
import type { Answer, FormAction } from './answer'
import styles from './form.module.css'

const AnswerContext = createContext<Answer>({})

/** What came of the form that this stands in. */
export const useAnswer = (): Answer => useContext(AnswerContext)

type Props = {
  action: FormAction
  /** What its button says. */
  submit: string
  /** What the button is about, for those who don't see what stands beside it. */
  about?: string
  /** Whether it is what the page is for. */
  isMain?: boolean
  /** Its fields. */
  children?: ReactNode
  /** What stands below the sentence that says what has come of it. */
  result?: ReactNode
  /** What takes its place once it has done what it does. */
  after?: ReactNode
}

/**
 * A form that is sent to a server action, also where no scripts run. What is wrong stands at its field, and the first
 * such field gets the focus.
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
