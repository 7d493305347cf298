import type { Answer, Operation } from '@/lib/api/reference/reference'
import { CodeBlock } from './code-block'
import { curl } from './curl'
import { Entries, Entry, ValueEntry } from './entries'
import { InlineCode, TypeWords } from './inline-code'
import styles from './operation.module.css'

/** An operation: its parameters and responses, and an example from this catalogue. */
export const OperationText = ({ operation }: { operation: Operation }) => {
  const { id, summary, description, parameters, body, answers, problems, address, sample } = operation
  return (
    <section className={styles.operation} aria-labelledby={id}>
      <h3 id={id}>
        <a href={`#${id}`}>{summary}</a>
      </h3>
      <p>
        <Signature of={operation} />
      </p>
      {description && (
        <p>
          <InlineCode text={description} />
        </p>
      )}
      {parameters.length > 0 && (
        <Entries caption={`${summary}: parameters`} heads={['Parameter', 'Description']}>
          {parameters.map((parameter) => (
            <ValueEntry key={parameter.name} id={`${id}.${parameter.name}`} name={parameter.name} of={parameter} />
          ))}
        </Entries>
      )}
      {body && (
        <Entries caption={`${summary}: request body`} heads={['Body', 'Description']}>
          <Entry name="Body">
            <p>
              {body.media.map((media, index) => (
                <span key={media}>
                  {index > 0 && ', '}
                  <code>{media}</code>
                </span>
              ))}
            </p>
            <p className={styles.soft}>{body.description}</p>
          </Entry>
        </Entries>
      )}
      <Entries caption={`${summary}: responses`} heads={['Response', 'Description']}>
        {answers.map((answer) => (
          <Entry key={answer.status} name={answer.status}>
            <AnswerText answer={answer} />
          </Entry>
        ))}
        <Entry name="Problems">
          <ul className={styles.problems}>
            {problems.flatMap(({ status, kinds }) =>
              kinds.map(({ kind, title, path }) => (
                <li key={kind}>
                  {status} <a href={path}>{title}</a>
                </li>
              )),
            )}
          </ul>
        </Entry>
      </Entries>
      <CodeBlock label={`${summary}: example request`} text={curl(address, optionsOf(operation))} />
      {sample && (
        <details className={styles.sample}>
          <summary>Example response</summary>
          <CodeBlock label={`${summary}: example response`} text={sample} />
        </details>
      )}
    </section>
  )
}

/** The curl options of an operation. */
const optionsOf = ({ method, body, needsKey }: Operation): string =>
  [
    method !== 'GET' && `-X ${method}`,
    needsKey && `-H 'Authorization: Bearer syro_…'`,
    body && '--data-binary @cover.jpg',
  ]
    .filter(Boolean)
    .join(' ')

/** Method and path. */
export const Signature = ({ of: { method, path } }: { of: Operation }) => (
  <code className={styles.signature}>
    <span className={styles.method}>{method}</span>{' '}
    {path.split(/(\{\w+\})/).map((part) =>
      part.startsWith('{') ? (
        <span key={part} className={styles.variable}>
          {part}
        </span>
      ) : (
        part
      ),
    )}
  </code>
)

const AnswerText = ({ answer: { description, bodies } }: { answer: Answer }) => (
  <>
    {bodies.length > 0 && (
      <p>
        {bodies.map(({ media, type }, index) => (
          <span key={media}>
            {index > 0 && '; each line '}
            <TypeWords words={type} />
            {index > 0 && (
              <>
                {' as '}
                <code>{media}</code>
              </>
            )}
          </span>
        ))}
      </p>
    )}
    <p className={styles.soft}>{description}</p>
  </>
)
