import type { ReactNode } from 'react'
import type { Words } from '@/lib/api/reference/types'
import styles from './entries.module.css'
import { InlineCode, TypeWords, Values } from './inline-code'

/** A table of names and descriptions. */
export const Entries = ({
  caption,
  heads,
  children,
}: {
  /** For screen readers. */
  caption: string
  heads: [name: string, what: string]
  children: ReactNode
}) => (
  <table className={styles.entries}>
    <caption className="aside">{caption}</caption>
    <thead>
      <tr>
        <th scope="col">{heads[0]}</th>
        <th scope="col">{heads[1]}</th>
      </tr>
    </thead>
    <tbody>{children}</tbody>
  </table>
)

export const Entry = ({
  id,
  name,
  note,
  children,
}: {
  id?: string
  name: ReactNode
  note?: ReactNode
  children: ReactNode
}) => (
  <tr id={id}>
    <th scope="row">
      <b>{name}</b>
      {note && <div className={styles.note}>{note}</div>}
    </th>
    <td>{children}</td>
  </tr>
)

/** A row for a parameter or field: type, description, allowed values and example. */
export const ValueEntry = ({
  id,
  name,
  of,
}: {
  id: string
  name: string
  of: {
    type: Words
    in?: 'path' | 'query'
    isDeprecated?: boolean
    default?: string | undefined
    values?: string[] | undefined
    isSeveral?: boolean
    description?: string | undefined
    example?: string | undefined
  }
}) => (
  <Entry
    id={id}
    name={<code>{name}</code>}
    note={
      <>
        <TypeWords words={of.type} />
        {of.isDeprecated && ', deprecated'}
        {of.in === 'path' && ', in the path'}
        {of.default !== undefined && (
          <>
            , <code>{of.default}</code> by default
          </>
        )}
      </>
    }
  >
    {of.description && (
      <p>
        <InlineCode text={of.description} />
      </p>
    )}
    {of.values && (
      <p className={styles.note}>
        {of.isSeveral ? 'Any of ' : 'One of '}
        <Values of={of.values} />.
      </p>
    )}
    {of.example !== undefined && (
      <p className={styles.note}>
        Example: <code>{of.example}</code>
      </p>
    )}
  </Entry>
)
