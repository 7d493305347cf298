/** What comes of a form that was sent. */
export type Answer = {
  /** What is wrong with it as a whole. */
  fault?: string
  /** What is wrong with a field, by its name. */
  faults?: Record<string, string>
  /** What was typed, by the field's name, to be there again; never a password. */
  values?: Record<string, string>
  /** What has come of it. */
  done?: string
  /** What is shown this once. */
  secret?: string
}

/** What a form is sent to: a server action, as `useActionState` calls it. */
export type FormAction = (before: Answer, form: FormData) => Promise<Answer>
