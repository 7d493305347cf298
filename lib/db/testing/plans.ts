import pg from 'pg'
import { expect, vi } from 'vitest'
import { z } from 'zod'

/** A node of `EXPLAIN (ANALYZE, FORMAT JSON)`. Rows are per loop. */
export type PlanNode = {
  'Node Type': string
  'Relation Name'?: string | undefined
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number | undefined
  Strategy?: string | undefined
  Plans?: PlanNode[] | undefined
}

const PlanNode: z.ZodType<PlanNode> = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Actual Rows': z.number(),
  'Actual Loops': z.number(),
  'Rows Removed by Filter': z.number().optional(),
  Strategy: z.string().optional(),
  get Plans() {
    return z.array(PlanNode).optional()
  },
})
const Explained = z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: PlanNode })]) })
const Statement = z.object({ text: z.string(), values: z.array(z.unknown()).default([]) })

/** Statements that can be explained. */
const READS = /^\s*(SELECT|WITH)\b/

/** The plans of all statements that `read` sends, which are run again with EXPLAIN. */
export async function plansOf(
  pool: pg.Pool,
  read: () => Promise<unknown>,
): Promise<{ statement: string; plan: PlanNode }[]> {
  const query = vi.spyOn(pg.Client.prototype, 'query')
  expect(await read()).toBeTruthy()
  const sent = query.mock.calls
    .map(([statement, values]) =>
      Statement.parse(typeof statement === 'string' ? { text: statement, values } : statement),
    )
    .filter(({ text }) => READS.test(text))
  query.mockRestore()
  expect(sent.length).toBeGreaterThan(0)
  const plans: { statement: string; plan: PlanNode }[] = []
  for (const { text, values } of sent) {
    const { rows } = await pool.query(`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`, values)
    plans.push({ statement: text, plan: Explained.parse(rows[0])['QUERY PLAN'][0].Plan })
  }
  return plans
}

/** A node and its descendants. */
export function* nodesOf(node: PlanNode): Generator<PlanNode> {
  yield node
  for (const child of node.Plans ?? []) yield* nodesOf(child)
}

/** The rows that a node returned, in all its loops. */
export const rowsOf = (node: PlanNode): number => node['Actual Rows'] * node['Actual Loops']
