/** Programs for the generated clients. They must compile as they are. */

/** One program for each client library. `@ts-expect-error` asserts that a type is as narrow as documented. */
export const programs = {
  'openapi-fetch': `
import createClient from 'openapi-fetch'
import type { components, paths } from './openapi-typescript'

const client = createClient<paths>({ baseUrl: 'http://localhost:3000/api/v1' })

export async function titles(): Promise<string[]> {
  const { data, error } = await client.GET('/albums', {
    params: { query: { kind: ['album', 'ep'], sort: 'newest', include: ['tracks'] } },
  })
  if (error) throw new Error(error.detail)
  return data.items.map(({ title, artwork }) => title + (artwork?.hash ?? ''))
}

export async function year(id: number): Promise<number | null> {
  const { data } = await client.GET('/albums/{id}', { params: { path: { id } } })
  // @ts-expect-error An album that isn't there has no date.
  data.releaseDate
  return data?.releaseDate.year ?? null
}

export async function stream(): Promise<ReadableStream<Uint8Array> | null | undefined> {
  const headers = { accept: 'application/x-ndjson' }
  const { data } = await client.GET('/songs', { headers, parseAs: 'stream' })
  return data
}

export const nameOf = (hit: components['schemas']['SearchHit']): string => {
  if (hit.kind === 'album') return hit.item.title
  if (hit.kind === 'artist') return hit.item.sortName
  // @ts-expect-error Songs and playlists have no slug.
  hit.item.slug
  return hit.kind === 'playlist' ? hit.item.name : hit.item.href
}

export const isNew = ({ kind }: components['schemas']['Album']): boolean => kind === 'a kind of a later version'
export const wrongSort = () =>
  // @ts-expect-error There is no such sort.
  client.GET('/albums', { params: { query: { sort: 'loudest' } } })
`,
  'hey-api': `
import { createClient } from './hey-api/client'
import { getAlbum, listAlbums, listSongs, type SearchHit, searchCatalogue } from './hey-api'

const client = createClient({ baseUrl: 'http://localhost:3000/api/v1' })

export async function titles(): Promise<string[]> {
  const { data, error } = await listAlbums({
    client,
    query: { kind: ['album', 'ep'], sort: 'newest', include: ['tracks'] },
  })
  if (!data) throw new Error(error.detail)
  return data.items.map(({ title, artwork }) => title + (artwork?.hash ?? ''))
}

export async function year(id: number): Promise<number | null> {
  const { data } = await getAlbum({ client, path: { id }, throwOnError: true })
  // @ts-expect-error A date has no century.
  data.releaseDate.century
  return data.releaseDate.year
}

export const stream = () => listSongs({ client, headers: { accept: 'application/x-ndjson' }, parseAs: 'stream' })

export async function names(q: string): Promise<string[]> {
  const { data } = await searchCatalogue({ client, query: { q }, throwOnError: true })
  return data.items.map(nameOf)
}

const nameOf = (hit: SearchHit): string => {
  if (hit.kind === 'album') return hit.item.title
  if (hit.kind === 'artist') return hit.item.sortName
  // @ts-expect-error Songs and playlists have no slug.
  hit.item.slug
  return hit.kind === 'playlist' ? hit.item.name : hit.item.href
}
`,
  orval: `
import { type Album, getAlbum, listAlbums, type SearchHit } from './orval'

export async function titles(): Promise<string[]> {
  const response = await listAlbums({ kind: ['album', 'ep'], sort: 'newest', include: ['tracks'] })
  if (response.status !== 200) return []
  return response.data.items.map(({ title, artwork }) => title + (artwork?.hash ?? ''))
}

export async function year(id: number): Promise<number | null> {
  const response = await getAlbum(id)
  return response.status === 200 ? response.data.releaseDate.year : null
}

export const isNew = ({ kind }: Album): boolean => kind === 'a kind of a later version'

export const nameOf = (hit: SearchHit): string => {
  if (hit.kind === 'album') return hit.item.title
  if (hit.kind === 'artist') return hit.item.sortName
  // @ts-expect-error Songs and playlists have no slug.
  hit.item.slug
  return hit.kind === 'playlist' ? hit.item.name : hit.item.href
}
`,
}
