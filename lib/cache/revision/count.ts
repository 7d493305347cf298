import type { ClientBase } from 'pg'

/** Counts a change of what has these tags. In order, so that two who change the same wait for each other and not in a circle. */
export async function countChange(client: Pick<ClientBase, 'query'>, tags: readonly string[]): Promise<void> {
  await client.query(
    `INSERT INTO revision (tag, changed_at) SELECT tag, clock_timestamp() FROM unnest($1::text[]) AS tag ORDER BY tag
     ON CONFLICT (tag) DO UPDATE SET number = revision.number + 1, changed_at = clock_timestamp()`,
    [tags],
  )
}
