import { existsSync, readFileSync } from 'node:fs'
import type { RequestListener, ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'

/**
 * MusicBrainz and the Cover Art Archive on this machine: recorded responses, searches over them, and redirects and pictures
 * like the archive's.
 */

const folder = fileURLToPath(new URL('../../../../shared/data/', import.meta.url))
const recordings = `${folder}musicbrainz/`

/** Whether the recorded responses exist; tests that need them are skipped otherwise. */
export const isRecorded = existsSync(`${recordings}INDEX.tsv`)

type RecordedResponse = { status: number; body: string }
type RecordedEntity = Record<string, unknown> & { id: string }

const WS = /^\/ws\/2\/(artist|release-group|release)\/([0-9a-f-]{36})$/
const SEARCH = /^\/ws\/2\/(artist|release-group)$/
const PICTURE = /^\/release\/([0-9a-f-]{36})\/[^/]+\.jpg$/

const isThing = (value: unknown): value is RecordedEntity =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'

/** The recorded responses, and what tests add to them. */
export class RecordedSource {
  readonly #byPath = new Map<string, RecordedResponse>()
  /** Entities by id, merged from all responses about them. */
  readonly things = {
    artist: new Map<string, RecordedEntity>(),
    'release-group': new Map<string, RecordedEntity>(),
    release: new Map<string, RecordedEntity>(),
  }
  /** The release whose pictures the archive shows for a release group. */
  readonly frontOf = new Map<string, string>()
  /** The file that the archive sends for every picture. */
  picture = `${folder}images/good/hopper.jpg`
  /** Labels of the releases of a release group. */
  readonly labels = new Map<string, string>()

  constructor() {
    if (!isRecorded) return
    for (const line of readFileSync(`${recordings}INDEX.tsv`, 'utf8').trim().split('\n').slice(1)) {
      const [file = '', request = '', status = ''] = line.split('\t')
      const body = readFileSync(recordings + file, 'utf8')
      this.#byPath.set(request, { status: Number(status), body })
      const [, entity] = WS.exec(request.split('?', 1)[0] ?? '') ?? []
      const read: unknown = JSON.parse(body)
      if (status === '200' && isThing(read)) this.#learn(entity, read)
    }
  }

  #learn(entity: string | undefined, read: RecordedEntity): void {
    if (entity !== 'artist' && entity !== 'release-group' && entity !== 'release') return
    this.things[entity].set(read.id, { ...this.things[entity].get(read.id), ...read })
  }

  /** Adds an entity that was not recorded. */
  add(entity: 'artist' | 'release-group', thing: RecordedEntity): void {
    this.#learn(entity, thing)
  }

  readonly listener: RequestListener = (request, response) => {
    const url = new URL(request.url ?? '/', 'http://source')
    const [, entity, id = ''] = WS.exec(url.pathname) ?? []
    const group = url.searchParams.get('release-group')
    if (entity === 'artist' || entity === 'release-group' || entity === 'release')
      sendEntity(response, this.things[entity].get(id), request.headers['if-none-match'])
    else if (url.pathname === '/ws/2/release' && group !== null) sendJson(response, this.#releases(group))
    else if (SEARCH.test(url.pathname)) this.#search(response, url)
    else if (PICTURE.test(url.pathname)) response.writeHead(307, { location: `/download${url.pathname}` }).end()
    else if (url.pathname.startsWith('/download/'))
      response.writeHead(200, { 'content-type': 'image/jpeg' }).end(readFileSync(this.picture))
    else this.#archive(response, url.pathname, request.headers['if-none-match'])
  }

  #releases(group: string): object {
    const label = this.labels.get(group)
    const release = { status: 'Official', date: '1990', 'label-info': [{ label: label ? { name: label } : null }] }
    return { 'release-count': 1, 'release-offset': 0, releases: [release] }
  }

  /** Finds names that contain a phrase of the query, or are contained in one. MusicBrainz finds at least these. */
  #search(response: ServerResponse, url: URL): void {
    const [, entity] = SEARCH.exec(url.pathname) ?? []
    const kind = entity === 'artist' ? 'artist' : 'release-group'
    const phrases = [...(url.searchParams.get('query') ?? '').matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, phrase = '']) =>
      phrase.replace(/\\(.)/g, '$1').toLowerCase(),
    )
    const found = [...this.things[kind].values()].filter((thing) => {
      const name = String(thing.title ?? thing.name).toLowerCase()
      return phrases.some((phrase) => name.includes(phrase) || phrase.includes(name))
    })
    const scored = found.map((thing, index) => ({ ...thing, score: 100 - index }))
    sendJson(response, { created: '2026-01-01T00:00:00Z', count: found.length, offset: 0, [`${kind}s`]: scored })
  }

  /** The archive: an index redirects to its address; a 404 is HTML. */
  #archive(response: ServerResponse, path: string, etag: string | undefined): void {
    const [, entity, id = ''] = /^\/(release|release-group)\/([^/]+)$/.exec(path) ?? []
    const release = entity === 'release-group' ? this.frontOf.get(id) : id
    const recorded = this.#byPath.get(`/release/${release}`)
    const index = /^\/archive(\/release\/[^/]+)\/index\.json$/.exec(path)?.[1]
    if (index) {
      const { body = '' } = this.#byPath.get(index) ?? {}
      if (etag === '"index"') response.writeHead(304).end()
      else response.writeHead(200, { 'content-type': 'application/json', etag: '"index"' }).end(body)
    } else if (recorded?.status === 200)
      response.writeHead(307, { location: `/archive/release/${release}/index.json` }).end()
    else
      response
        .writeHead(recorded?.status ?? 404, { 'content-type': 'text/html' })
        .end(recorded ? String(JSON.parse(recorded.body)) : noCover(entity, id))
  }
}

const noCover = (entity = '', id: string): string =>
  `<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>No cover art found for ${entity.replace('-', ' ')} ${id}</p>\n`

function sendEntity(response: ServerResponse, thing: RecordedEntity | undefined, etag: string | undefined): void {
  if (!thing) response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"Not Found"}')
  else if (etag === `"${thing.id}"`) response.writeHead(304).end()
  else sendJson(response, thing, { etag: `"${thing.id}"` })
}

const sendJson = (response: ServerResponse, body: object, headers: Record<string, string> = {}): void =>
  void response
    .writeHead(200, { 'content-type': 'application/json; charset=utf-8', ...headers })
    .end(JSON.stringify(body))
