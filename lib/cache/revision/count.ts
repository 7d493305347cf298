import type { ClientBase } from 'pg'

/** Counts a change of the data with these tags. The order prevents deadlocks. */
export async function countChange(client: Pick<ClientBase, 'query'>, tags: readonly string[]): Promise<void> {
  await client.query(
    `INSERT INTO revision (tag, changed_at) SELECT tag, clock_timestamp() FROM unnest($1::text[]) AS tag ORDER BY tag
     ON CONFLICT (tag) DO UPDATE SET number = revision.number + 1, changed_at = clock_timestamp()`,
    [tags],
  )
}
