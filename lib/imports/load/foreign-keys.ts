import { run, type Session } from './session'

/**
 * PostgreSQL checks foreign keys row by row, which takes a third of the time of an import of millions. A large import
 * suspends the checks and runs them as one query per key at its end; other writers wait meanwhile. Only a superuser may do
 * that, such as the embedded server's user.
 */

/** Below this number of rows, checks one by one are as fast. */
const MANY = 20_000

type ForeignKey = { child: string; parent: string; column: string; key: string; trigger: string }

/**
 * Suspends the checks of inserted rows until `resumeForeignKeys`, if allowed and worthwhile. A rollback resumes them too.
 * @returns the suspended foreign keys.
 */
export async function suspendForeignKeys(session: Session): Promise<ForeignKey[]> {
  const { rows } = await run<{ worthwhile: boolean }>(
    session,
    `SELECT current_setting('is_superuser') = 'on'
       AND (SELECT count(*) FROM new_song WHERE created) + (SELECT count(*) FROM new_track) > ${MANY} AS worthwhile`,
  )
  if (!rows[0]?.worthwhile) return []
  const keys = await run<ForeignKey>(
    session,
    `SELECT conrelid::regclass::text AS child, confrelid::regclass::text AS parent,
       child.attname AS column, parent.attname AS key, tgname AS trigger
     FROM pg_constraint
     JOIN pg_trigger ON tgconstraint = pg_constraint.oid AND tgrelid = conrelid
     JOIN pg_attribute AS child ON child.attrelid = conrelid AND child.attnum = conkey[1]
     JOIN pg_attribute AS parent ON parent.attrelid = confrelid AND parent.attnum = confkey[1]
     JOIN pg_proc ON pg_proc.oid = tgfoid
     WHERE contype = 'f' AND connamespace = current_schema()::regnamespace AND proname = 'RI_FKey_check_ins'`,
  )
  for (const { child, trigger } of keys.rows) await run(session, `ALTER TABLE ${child} DISABLE TRIGGER "${trigger}"`)
  return keys.rows
}

/** Resumes the checks, after checking all rows that this transaction wrote. */
export async function resumeForeignKeys(session: Session, keys: ForeignKey[]): Promise<void> {
  for (const { child, parent, column, key, trigger } of keys) {
    const { rows } = await run<{ lost: boolean }>(
      session,
      `SELECT EXISTS (
         SELECT ${column} FROM ${child} WHERE xmin = pg_current_xact_id()::xid AND ${column} IS NOT NULL
         EXCEPT SELECT ${key} FROM ${parent}) AS lost`,
    )
    if (rows[0]?.lost) throw new Error(`A row of ${child} refers to a missing row of ${parent}.`)
    await run(session, `ALTER TABLE ${child} ENABLE TRIGGER "${trigger}"`)
  }
}
