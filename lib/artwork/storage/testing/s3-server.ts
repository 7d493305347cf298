import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** The used subset of S3 (https://docs.aws.amazon.com/AmazonS3/latest/API/): one bucket in memory. */

export type RecordedRequest = {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
}

export type S3Server = {
  address: string
  /** Objects by key. */
  objects: Map<string, { body: Buffer; type: string; cacheControl: string; changedAt: Date }>
  /** All requests, in order. */
  requests: RecordedRequest[]
  /** The next `times` requests fail with `status`. */
  fail: { status: number; times: number }
  close: () => Promise<void>
}

/** Keys per page of a list. */
const PAGE = 3

const xml = (text: string) => `<?xml version="1.0" encoding="UTF-8"?>${text}`

export async function startS3(bucket: string): Promise<S3Server> {
  const objects: S3Server['objects'] = new Map()
  const requests: RecordedRequest[] = []
  const fail = { status: 0, times: 0 }

  const list = (query: URLSearchParams) => {
    const after = query.get('continuation-token') ?? ''
    const keys = [...objects.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after).sort()
    const page = keys.slice(0, PAGE)
    const contents = page.map(
      (key) =>
        `<Contents><Key>${key}</Key><LastModified>${objects.get(key)?.changedAt.toISOString()}</LastModified></Contents>`,
    )
    const more = keys.length > PAGE ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ''
    return xml(
      `<ListBucketResult><IsTruncated>${more !== ''}</IsTruncated>${more}${contents.join('')}</ListBucketResult>`,
    )
  }

  const server = createServer(async (request, response) => {
    const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://localhost')
    const body = await buffer(request)
    const { method = '', headers } = request
    requests.push({ method, path: pathname, query, headers })
    const end = (status: number, text: string | Buffer = '', type = 'application/xml') =>
      response.writeHead(status, { 'content-type': type }).end(text)
    const refuse = (status: number, code: string) => end(status, xml(`<Error><Code>${code}</Code></Error>`))
    if (fail.times > 0) {
      fail.times -= 1
      return refuse(fail.status, fail.status === 403 ? 'AccessDenied' : 'InternalError')
    }
    // The signed hash must be that of the body.
    if (headers['x-amz-content-sha256'] !== createHash('sha256').update(body).digest('hex'))
      return refuse(400, 'XAmzContentSHA256Mismatch')
    if (pathname.replace(/\/$/, '') === `/${bucket}`) return end(200, list(query))
    if (!pathname.startsWith(`/${bucket}/`)) return refuse(404, 'NoSuchBucket')
    const key = decodeURIComponent(pathname.slice(bucket.length + 2))
    if (method === 'PUT') {
      objects.set(key, {
        body,
        type: String(headers['content-type']),
        cacheControl: String(headers['cache-control']),
        changedAt: new Date(),
      })
      return end(200)
    }
    if (method === 'DELETE') {
      objects.delete(key)
      return end(204)
    }
    const found = objects.get(key)
    return found ? end(200, found.body, found.type) : refuse(404, 'NoSuchKey')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('The server has no address')
  return {
    address: `http://127.0.0.1:${address.port}`,
    objects,
    requests,
    fail,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
