import { problemType } from '@/lib/http/problem'
import { type ProblemName, problems } from '@/lib/http/problems'

/** A kind of problem as its page explains it. */
export type ProblemText = {
  kind: ProblemName
  status: number
  title: string
  explanation: string
  /** The address of its explanation. */
  path: string
}

/** Every kind of problem, as its page explains it. */
export const problemTexts: ProblemText[] = Object.entries(problems).map(([name, { status, title, explanation }]) => {
  const kind = name as ProblemName
  return { kind, status, title, explanation, path: problemType(kind) }
})
