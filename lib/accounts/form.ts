import type { z } from 'zod'
import { AppError, isUnavailable, UNAVAILABLE_DIGEST } from '@/lib/errors'

/** The response of an account form, as components/ui/form shows it. */
export type FormAnswer = {
  fault?: string
  faults?: Record<string, string>
  values?: Record<string, string>
  done?: string
  secret?: string
  /** Makes the page a 503 (lib/next/error-pages.ts), because a retry may help. */
  unavailable?: typeof UNAVAILABLE_DIGEST
}

const UNAVAILABLE = 'Accounts can’t be reached right now. Please try again in a moment.'

/**
 * Validates a form and runs `work`. @returns the field errors or the result of `work`; if the site is unavailable, an error
 * that keeps the input.
 */
export async function answerForm<Shape extends z.ZodObject>(
  shape: Shape,
  form: FormData,
  work: (input: z.infer<Shape>, again: FormAnswer) => Promise<FormAnswer>,
): Promise<FormAnswer> {
  const { input, again } = readForm(shape, form)
  if (!input) return again
  try {
    return await work(input, again)
  } catch (error) {
    if (!isUnavailable(error)) throw error
    const fault = error instanceof AppError ? error.message : UNAVAILABLE
    return { ...again, fault, unavailable: UNAVAILABLE_DIGEST }
  }
}

/** Fields that are not sent back. */
const HIDDEN = new Set(['password', 'current', 'token'])

/** The fields of a form as text, without what Next.js adds and without files. */
const fieldsOf = (form: FormData): Record<string, string> =>
  Object.fromEntries([...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))

/** Parses a form. @returns its values, or the errors by field. */
function readForm<Shape extends z.ZodObject>(
  shape: Shape,
  form: FormData,
): { input: z.infer<Shape>; again: FormAnswer } | { input: null; again: FormAnswer } {
  const fields = fieldsOf(form)
  const names = Object.keys(shape.shape)
  const input = Object.fromEntries(names.map((name) => [name, fields[name] ?? '']))
  const values = Object.fromEntries(Object.entries(input).filter(([name]) => !HIDDEN.has(name)))
  const parsed = shape.safeParse(input)
  if (parsed.success) return { input: parsed.data, again: { values } }
  const faults: Record<string, string> = {}
  // The first error of each field, in the order of the page.
  for (const { path, message } of parsed.error.issues) faults[String(path[0])] ??= message
  const ordered = Object.fromEntries(names.flatMap((name) => (faults[name] ? [[name, faults[name]]] : [])))
  return { input: null, again: { values, faults: ordered } }
}
