import type pg from 'pg'
import { pathOf } from '@/lib/http/api/address'
import { matcher } from '@/lib/http/api/match'
import { CALLER, writeCaller } from '@/lib/http/gate/caller'
import { runImport } from '@/lib/imports/run'
import { syntheticInput } from '@/lib/imports/synthetic/reader'
import { document, getOpenApi } from './document'
import { operations } from './operations'
import { routes } from './routes'

/** Where tests ask. */
export const ORIGIN = 'http://music.test'

const match = matcher([...operations, getOpenApi])

/** Who asks, as the gate tells it. */
const NOBODY = { kind: 'anonymous', network: '192.0.2.1' } as const

/** Asks the API as Next.js would: an address, or a path below its own. */
export async function ask(address: string, headers: Record<string, string> = {}): Promise<Response> {
  const url = new URL(address.startsWith('/') ? ORIGIN + pathOf(address) : address)
  const matched = match(url.pathname)
  if (!matched) throw new Error(`${url.pathname} is of no operation`)
  const { operation, params } = matched
  const route = operation === getOpenApi ? document : routes.get(operation.id)
  if (!route) throw new Error(`${operation.id} has no route`)
  return route(new Request(url, { headers: { host: url.host, [CALLER]: writeCaller(NOBODY), ...headers } }), {
    params: Promise.resolve(params),
  })
}

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
