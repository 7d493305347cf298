/** The result of a submitted form. */
export type Answer = {
  /** The error of the form as a whole. */
  fault?: string
  /** Errors by field name. */
  faults?: Record<string, string>
  /** The submitted values by field name, to fill the form again. Never a password. */
  values?: Record<string, string>
  /** The success message. */
  done?: string
  /** A new key, which is shown only once. */
  secret?: string
}

/** A server action, as `useActionState` calls it. */
export type FormAction = (before: Answer, form: FormData) => Promise<Answer>
