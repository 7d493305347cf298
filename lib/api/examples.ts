import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { pathOf, queryOf } from '@/lib/http/api/address'
import type { Contract } from '@/lib/http/api/contract'
import { dispatcher } from '@/lib/http/api/dispatch'
import { operations, parseRequest } from './operations'
import { routes } from './routes'

/** An operation with an example of this catalogue, and its response. */
export type Example = {
  operation: Contract
  /** Absolute. */
  address: string
  /** Undefined where the catalogue has nothing there, or the response depends on the caller. */
  answer: unknown
}

/**
 * Every operation with an example of this catalogue.
 * @param origin of the site for this client.
 * @throws AppError when the catalogue can't be read: a document without examples would be cached.
 */
export async function readExamples(origin: string): Promise<Example[]> {
  const known = await bestKnown(origin)
  const examples: Example[] = []
  for (const contract of operations) {
    const operation = { ...contract, example: { ...contract.example, ...paramsOf(contract, known) } }
    const address = addressOf(operation, origin)
    // Operations without data depend on the caller.
    const answer = operation.dependsOn.length > 0 ? await ask(address) : undefined
    examples.push({ operation, address, answer })
  }
  return examples
}

/** Path parameters that name an entity of this catalogue, by the beginning of its path: "/albums/". */
type ParamsByPath = Map<string, Record<string, string>>

/** The contract's own parameters serve where the catalogue is empty. */
function paramsOf({ path, params }: Contract, known: ParamsByPath): { params?: Record<string, string> } {
  const named = known.get(path.slice(0, path.indexOf('{')))
  return named && Object.keys(params.shape).length > 0 ? { params: named } : {}
}

const Things = z.object({ items: z.array(z.looseObject({ id: z.int() })) })
const Genres = z.object({ items: z.array(z.object({ slug: z.string(), albumCount: z.int() })) })

/** The most popular entities, whose examples show the most. */
async function bestKnown(origin: string): Promise<ParamsByPath> {
  const known: ParamsByPath = new Map()
  for (const [kind, list] of [
    ['/artists/', 'listArtists'],
    ['/albums/', 'listAlbums'],
    ['/songs/', 'listSongs'],
    ['/playlists/', 'listPlaylists'],
  ] as const) {
    const { items } = Things.parse(await askList(list, { sort: 'popular', limit: '1' }, origin))
    if (items[0]) known.set(kind, { id: String(items[0].id) })
  }
  const { items } = Genres.parse(await askList('listGenres', { limit: '100' }, origin))
  const [largest] = items.toSorted((a, b) => b.albumCount - a.albumCount)
  if (largest) known.set('/genres/', { slug: largest.slug })
  return known
}

function askList(id: string, query: Record<string, string>, origin: string): Promise<unknown> {
  const operation = operations.find((each) => each.id === id)
  if (!operation) throw new Error(`${id} is no operation`)
  return ask(addressOf({ ...operation, example: { query } }, origin))
}

const addressOf = ({ path, query, example }: Contract, origin: string): string =>
  origin + pathOf(path, example.params) + queryOf(query, example.query ?? {})

const answer = dispatcher(parseRequest, routes)

async function ask(address: string): Promise<unknown> {
  const { host, protocol } = new URL(address)
  const headers = { host, 'x-forwarded-proto': protocol.slice(0, -1) }
  const response = await answer(new Request(address, { headers }))
  if (response.ok) return response.json()
  if (response.status === 404) return undefined
  throw new AppError('unavailable', 'The examples can’t be read just now.')
}
