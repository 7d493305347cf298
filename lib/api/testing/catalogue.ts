import type pg from 'pg'
import { operations } from '@/lib/api/operations'
import { pathOf } from '@/lib/http/api/address'
import { runImport } from '@/lib/imports/run'
import { syntheticInput } from '@/lib/imports/synthetic/reader'
import { ORIGIN } from './ask'

const progress = { read: () => {}, step: () => {} }

/** Fills an empty database with a made-up catalogue. */
export const fill = (songs: number, seed = 7) =>
  runImport({ format: 'synthetic', inputs: [syntheticInput({ songs, seed })], progress })

/** The example of each operation on this catalogue: its genre is one that there is. */
export async function exampleAddresses(pool: pg.Pool): Promise<{ id: string; address: string }[]> {
  const { rows } = await pool.query<{ slug: string }>('SELECT slug FROM genre ORDER BY album_count DESC LIMIT 1')
  return operations.map(({ id, path, example }) => {
    const params = example.params?.slug ? { slug: rows[0]?.slug ?? '' } : example.params
    return { id, address: `${ORIGIN}${pathOf(path, params)}?${new URLSearchParams(example.query)}` }
  })
}
