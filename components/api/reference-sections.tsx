import { Static } from '@/components/ui/static/static'
import type { NamedSchema, Reference } from '@/lib/api/reference/reference'
import { Entries, Entry, ValueEntry } from './entries'
import { Head } from './head'
import { InlineCode, TypeWords, Values } from './inline-code'
import { OperationText, Signature } from './operation'
import styles from './reference-sections.module.css'

/** The operations by section, as static HTML. */
export const Operations = ({ sections }: Pick<Reference, 'sections'>) =>
  sections.map(({ id, name, description, operations }) => (
    <section key={id} className={styles.section} aria-labelledby={id}>
      <Head id={id} title={name} note={description} />
      <Static as="ul" className={styles.index}>
        {operations.map((operation) => (
          <li key={operation.id}>
            <a href={`#${operation.id}`}>{operation.summary}</a> <Signature of={operation} />
          </li>
        ))}
      </Static>
      <Static as="div">
        {operations.map((operation) => (
          <OperationText key={operation.id} operation={operation} />
        ))}
      </Static>
    </section>
  ))

export const Schemas = ({ schemas }: Pick<Reference, 'schemas'>) => (
  <section className={styles.section} aria-labelledby="schemas">
    <Head
      id="schemas"
      title="Schemas"
      note="The parts of responses. Every field is present, null where nothing is known, unless `fields` leaves it out. Embedded lists are present if `include` names them."
    />
    <Static as="div" className={styles.schemas}>
      {schemas.map((schema) => (
        <SchemaText key={schema.name} schema={schema} />
      ))}
    </Static>
  </section>
)

const SchemaText = ({ schema: { name, description, fields, values, isOpen, choice } }: { schema: NamedSchema }) => (
  <section className={styles.schema} aria-labelledby={name}>
    <h3 id={name}>
      <a href={`#${name}`}>{name}</a>
    </h3>
    {description && (
      <p>
        <InlineCode text={description} />
      </p>
    )}
    {values && (
      <p>
        One of <Values of={values} />.{isOpen && ' Later versions may add values.'}
      </p>
    )}
    {choice && (
      <p>
        <TypeWords words={choice.of} />, told apart by <code>{choice.by}</code>.
      </p>
    )}
    {fields.length > 0 && (
      <Entries caption={`${name}: fields`} heads={['Field', 'Description']}>
        {fields.map((field) => (
          <ValueEntry key={field.path} id={`${name}.${field.path}`} name={field.path} of={field} />
        ))}
      </Entries>
    )}
  </section>
)

export const Headers = ({ headers }: Pick<Reference, 'headers'>) => (
  <section className={styles.section} aria-labelledby="headers">
    <Head id="headers" title="Headers" note="The headers of responses." />
    <Entries caption="Headers" heads={['Header', 'Description']}>
      {headers.map(({ name, description }) => (
        <Entry key={name} id={`header-${name}`} name={<code>{name}</code>}>
          <InlineCode text={description} />
        </Entry>
      ))}
    </Entries>
  </section>
)
