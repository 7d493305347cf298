import type pg from 'pg'

/** Typical queries of each kind, derived from a catalogue. Deterministic. */
export type QueriesByKind = Record<string, string[]>

/** @param each the maximum per kind. */
export async function makeQueries(client: pg.Client, each: number): Promise<QueriesByKind> {
  const list = async (sql: string): Promise<string[]> =>
    (await client.query<{ value: string }>(`${sql} LIMIT ${each}`)).rows.map(({ value }) => value)
  const spread = (table: string) => `id % greatest(1, (SELECT count(*) FROM ${table}) / ${each}) = 0`
  const words = (order: string) => list(`SELECT word AS value FROM search_word ORDER BY documents ${order}, word`)
  const titles = await list(`SELECT title AS value FROM song WHERE ${spread('song')} ORDER BY id`)
  const names = await list(`SELECT name AS value FROM artist WHERE ${spread('artist')} ORDER BY id`)
  const both = await list(`SELECT title || ' ' || credit AS value FROM song WHERE ${spread('song')} ORDER BY id`)
  const common = await words('DESC')
  return {
    'one letter': [...'abcdefghijklmnopqrstuvwxyz'].slice(0, each),
    'two letters': common.map((word) => word.slice(0, 2)),
    'a common word': common,
    'two common words': common.map((word, index) => `${word} ${common[common.length - 1 - index]}`),
    'a rare word': await words('ASC'),
    'half a title': titles.map((title) => title.slice(0, Math.ceil(title.length / 2))),
    'a whole title': titles,
    'a name': names,
    'a song and its artist': both,
    'another script': await list(`SELECT title AS value FROM song WHERE title ~ '[^\\u0000-\\u024f’–—]' ORDER BY id`),
    mistyped: names.filter((name) => /^[A-Za-z ]{6,}$/.test(name)).map(mistype),
    'no match': titles.map((title) => `xq${title.slice(0, 3)}zw`),
  }
}

/** Swaps two letters in the middle of a name. */
function mistype(name: string): string {
  const middle = Math.floor(name.length / 2)
  return `${name.slice(0, middle)}${name[middle + 1] ?? ''}${name[middle]}${name.slice(middle + 2)}`
}
