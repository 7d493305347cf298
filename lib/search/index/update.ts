import type pg from 'pg'
import type { ClientBase } from 'pg'
import { noteChange } from '@/lib/cache/changes/note'
import { ALL } from '@/lib/catalogue/change-log'
import { CopyWriter } from '@/lib/db/copy'
import { cancelOnAbort, openSession } from '@/lib/db/session'
import { databaseUrl } from '@/lib/db/url'
import { type Kind, kinds } from '@/lib/search/text/parse'
import { SYLLABLE } from '@/lib/search/text/prefix'
import { type Document, INDEX_VERSION, toDocument } from './document'
import { SEGMENT_ENDS, segments } from './segments'
import { readSome, readSources } from './sources'

/** Builds and updates the index. */

/** "SYRO" in ASCII, and the number of this lock: one process at a time changes the index. */
const LOCK = [0x5359524f, 2]

/** Takes the lock until the session ends. @returns false if another process holds it. */
export async function lockIndex(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS locked', LOCK)
  return rows[0]?.locked ?? false
}

const CREATE_NEW = `
  CREATE UNLOGGED TABLE search_staged (kind text, id int, score float8, key text, words tsvector, facets bytea, duration_ms int, released int);
  CREATE TEMP TABLE staged_word (word text, documents int)`

const SORT_NEW = `
  CREATE TABLE search_new (LIKE search_document);
  INSERT INTO search_new (segment, kind, id, score, key, words, facets, duration_ms, released)
  SELECT CASE ${SEGMENT_ENDS.map((end, segment) => `WHEN place <= ${end} THEN ${segment}`).join(' ')} ELSE ${SEGMENT_ENDS.length} END,
    kind, id, score, key, words, facets, duration_ms, released
  FROM (SELECT *, row_number() OVER (ORDER BY score DESC, kind, id) AS place FROM search_staged) AS staged
  ORDER BY place;
  DROP TABLE search_staged`

const SWITCH = `
  DROP TABLE search_document;
  ALTER TABLE search_new RENAME TO search_document;
  ALTER INDEX search_new_pkey RENAME TO search_document_pkey;
  ALTER INDEX search_new_key_idx RENAME TO search_document_key_idx;
  ALTER INDEX search_new_released_idx RENAME TO search_document_released_idx;
  ${segments.map((segment) => `ALTER INDEX search_new_words_${segment}_idx RENAME TO search_document_words_${segment}_idx`).join(';')};
  TRUNCATE search_word;
  INSERT INTO search_word SELECT * FROM staged_word;
  DROP TABLE staged_word;
  UPDATE search_state SET built_at = now(), version = ${INDEX_VERSION}, floors = ARRAY(
    SELECT min(score) FROM search_document WHERE segment < ${SEGMENT_ENDS.length} GROUP BY segment ORDER BY segment)`

/** In the order of creation. */
const indexes = [
  'ALTER TABLE search_new ADD CONSTRAINT search_new_pkey PRIMARY KEY (kind, id)',
  'CREATE INDEX search_new_key_idx ON search_new (segment, kind, key, score DESC, id)',
  'CREATE INDEX search_new_released_idx ON search_new (segment, coalesce(released, 0))',
  ...segments.map(
    (segment) =>
      `CREATE INDEX search_new_words_${segment}_idx ON search_new USING gin (words) WHERE segment = ${segment}`,
  ),
]

type Rebuild = {
  /** The database of `client`, for a second connection. */
  connectionString?: string
  /** Called with the current step, and the number of documents so far. */
  onStep?: (what: string, documents: number) => void
  /** Stops the rebuild. The caller must also cancel the statement of `client`. */
  signal?: AbortSignal
}

/**
 * Rebuilds the index while the old one is searched, and replaces it at the end. All happens in one transaction with one
 * snapshot of the catalogue; later changes stay pending.
 * @returns the number of documents.
 */
export async function rebuildIndex(
  client: ClientBase,
  { connectionString = databaseUrl(), onStep = () => {}, signal }: Rebuild = {},
): Promise<number> {
  const step = (what: string, documents: number) => {
    signal?.throwIfAborted()
    onStep(what, documents)
  }
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
  try {
    await client.query(
      `SET LOCAL jit = off; SET LOCAL client_min_messages = warning; SET LOCAL work_mem = '256MB'; SET LOCAL maintenance_work_mem = '1GB'`,
    )
    // The snapshot has these changes.
    await client.query('DELETE FROM catalogue_change')
    await client.query(CREATE_NEW)
    const reader = await connectReader(client, connectionString)
    const stopCancelling = cancelOnAbort(reader, signal, connectionString)
    const documents = await stage(reader, client, (count) => step('Reading', count)).finally(() => {
      stopCancelling()
      return reader.end()
    })
    step('Sorting', documents)
    await client.query(SORT_NEW)
    for (const index of indexes) {
      step('Indexing', documents)
      await client.query(index)
    }
    await client.query(SWITCH)
    await noteChange(client, 'search')
    await client.query('COMMIT')
    await client.query('ANALYZE search_document, search_word')
    return documents
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw error
  }
}

/** A second connection with the same snapshot, so that reading and writing overlap. */
async function connectReader(client: ClientBase, connectionString: string): Promise<pg.Client> {
  const { rows } = await client.query<{ snapshot: string }>('SELECT pg_export_snapshot() AS snapshot')
  const reader = await openSession({ connectionString, application_name: 'syromusic search' })
  try {
    await reader.query(
      `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT '${rows[0]?.snapshot}'; SET LOCAL jit = off`,
    )
    return reader
  } catch (error) {
    await reader.end().catch(() => {})
    throw error
  }
}

async function stage(reader: pg.Client, client: ClientBase, onMade: (documents: number) => void): Promise<number> {
  const vocabulary = new Map<string, number>()
  const out = new CopyWriter<'search_staged' | 'staged_word'>(client)
  let count = 0
  for await (const sources of readSources(reader)) {
    for (const source of sources) {
      const { kind, id, score, key, words, facets, durationMs, released, vocabulary: of } = toDocument(source)
      out.write('search_staged', kind, id, score, key, words, `\\x${facets.toString('hex')}`, durationMs, released)
      for (const word of of) vocabulary.set(word, (vocabulary.get(word) ?? 0) + 1)
    }
    count += sources.length
    onMade(count)
    await out.drain()
  }
  for (const [word, documents] of vocabulary) if (isWord(word)) out.write('staged_word', word, documents)
  await out.flush()
  return count
}

/** Whether corrections and completions use a word: not numbers and short words, but all words of syllables. */
const isWord = (word: string): boolean =>
  (word.length >= 3 || SYLLABLE.test(word)) && word.length <= 40 && !/^[=@%#~:]|^\d+$/.test(word)

/** Changes in one transaction. */
const BATCH = 500

/**
 * Indexes a batch of changes and removes them from the log in one transaction, so that no change is lost or applied twice.
 * @returns the number of changes; fewer than a batch at the end.
 */
export async function applyChanges(client: ClientBase): Promise<number> {
  await client.query('BEGIN')
  try {
    const { rows } = await client.query<{ kind: Kind; id: number }>(
      `DELETE FROM catalogue_change WHERE (kind, id) IN (
         SELECT kind, id FROM catalogue_change WHERE kind <> '${ALL}' ORDER BY kind, id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
       RETURNING kind, id`,
    )
    for (const kind of kinds) {
      const ids = rows.filter((row) => row.kind === kind).map(({ id }) => id)
      if (ids.length > 0) await indexSome(client, kind, ids)
    }
    if (rows.length > 0) await noteChange(client, 'search')
    await client.query('COMMIT')
    return rows.length
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw error
  }
}

async function indexSome(client: ClientBase, kind: Kind, ids: number[]): Promise<void> {
  const documents = (await readSome(client, kind, ids)).map(toDocument)
  // Only words have positions; compounds have none.
  const { rows: before } = await client.query<{ word: string; documents: number }>(
    `SELECT word, count(*)::int AS documents FROM (
       SELECT DISTINCT id, substr(lexeme, 2) AS word FROM search_document, unnest(words) AS of
       WHERE kind = $1 AND id = ANY($2::int[]) AND positions IS NOT NULL) AS was GROUP BY word`,
    [kind, ids],
  )
  await client.query('DELETE FROM search_document WHERE kind = $1 AND id = ANY($2::int[])', [kind, ids])
  const column = <Name extends keyof Document>(name: Name) => documents.map((document) => document[name])
  await client.query(
    `INSERT INTO search_document (segment, kind, id, score, key, words, facets, duration_ms, released)
     SELECT (SELECT count(*) FROM unnest(floors) AS floor WHERE floor > made.score), $1, made.id, made.score, made.key, made.words, made.facets, made.duration_ms, made.released
     FROM search_state, unnest($2::int[], $3::float8[], $4::text[], $5::tsvector[], $6::bytea[], $7::int[], $8::int[])
       AS made (id, score, key, words, facets, duration_ms, released)`,
    [
      kind,
      column('id'),
      column('score'),
      column('key'),
      column('words'),
      column('facets'),
      column('durationMs'),
      column('released'),
    ],
  )
  const changed = new Map(before.filter(({ word }) => isWord(word)).map(({ word, documents: lost }) => [word, -lost]))
  for (const { vocabulary } of documents)
    for (const word of vocabulary) if (isWord(word)) changed.set(word, (changed.get(word) ?? 0) + 1)
  await countWords(
    client,
    [...changed].filter(([, more]) => more !== 0).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
}

/** Updates the counts of words, and deletes words without documents. */
async function countWords(client: ClientBase, changed: [word: string, more: number][]): Promise<void> {
  const [words, more] = [changed.map(([word]) => word), changed.map(([, count]) => count)]
  await client.query(
    `INSERT INTO search_word SELECT word, more FROM unnest($1::text[], $2::int[]) AS changed (word, more) WHERE more > 0
     ON CONFLICT (word) DO UPDATE SET documents = search_word.documents + excluded.documents`,
    [words, more],
  )
  await client.query(
    `UPDATE search_word SET documents = documents + more
     FROM unnest($1::text[], $2::int[]) AS changed (word, more) WHERE search_word.word = changed.word AND more < 0`,
    [words, more],
  )
  await client.query('DELETE FROM search_word WHERE word = ANY($1::text[]) AND documents <= 0', [words])
}
