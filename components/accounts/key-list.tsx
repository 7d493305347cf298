import { Form } from '@/components/ui/form/form'
import { count, number } from '@/components/ui/text'
import { revokeKeyAction } from '@/lib/accounts/keys/actions'
import type { KeyRow } from '@/lib/accounts/keys/read'
import styles from './keys.module.css'

/** A user's API keys, newest first. */
export function KeyList({ keys }: { keys: KeyRow[] }) {
  if (keys.length === 0) return null
  return (
    <ul className={styles.keys}>
      {keys.map(({ id, name, prefix, createdAt, lastUsedAt, usage }) => (
        <li key={id}>
          <div>
            <h3 dir="auto">{name}</h3>
            <p>
              <code>{prefix}…</code>
            </p>
          </div>
          <p>
            Created on <Day at={createdAt} />
            <br />
            {lastUsedAt ? (
              <>
                Last used on <Day at={lastUsedAt} />
              </>
            ) : (
              'Never used'
            )}
          </p>
          <p>
            {count(usage.used, 'request')} this hour
            <br />
            of {number(usage.limit)}
          </p>
          <details>
            <summary aria-label={`Revoke ${name}`}>Revoke</summary>
            <Form action={revokeKeyAction} submit="Revoke key" about={`Revoke key: ${name}`}>
              <input type="hidden" name="id" value={id} />
              <p>Programs that use it stop working immediately.</p>
            </Form>
          </details>
        </li>
      ))}
    </ul>
  )
}

const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

const Day = ({ at }: { at: string }) => <time dateTime={at}>{days.format(new Date(at))}</time>
