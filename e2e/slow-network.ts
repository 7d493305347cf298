import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A proxy between browser and site that delivers pages in parts, on request. */
export type SlowNetwork = {
  address: string
  /** Delivers the next part of every unfinished page. The first part needs no call. */
  deliver(): void
  close(): Promise<void>
}

const PARTS = 64
/** A TCP segment, in bytes: smaller parts do not arrive alone. */
const SMALLEST_PART = 1_460

/** The initial congestion window, in bytes: ten segments (RFC 6928). */
const FIRST_PART = 14_600

/** The size of the parts: large ones, or single tags of the body. */
export type PartSize = 'large' | 'tags'

const inParts = (html: string, size: PartSize): string[] => (size === 'large' ? inLargeParts(html) : byTag(html))

/** The visible part of the page tag by tag. The rest before and after it are one part each. */
function byTag(html: string): string[] {
  const from = html.search(/(?<=<body[^>]*>)/)
  const to = html.search(/(?<=<\/footer>)/)
  return [html.slice(0, from), ...html.slice(from, to).split(/(?<=>)/), html.slice(to)]
}

/** At most about `PARTS` parts, each of whole tags and texts. */
function inLargeParts(html: string): string[] {
  const partSize = Math.max(SMALLEST_PART, html.length / PARTS)
  const parts: string[] = []
  let part = ''
  for (const tag of html.split(/(?<=>)/)) {
    part += tag
    if (part.length < (parts.length === 0 ? FIRST_PART : partSize)) continue
    parts.push(part)
    part = ''
  }
  return [...parts, part]
}

/** Headers that belong to one connection, or to the compressed body. */
const NOT_FORWARDED = new Set(['connection', 'content-encoding', 'content-length', 'keep-alive', 'transfer-encoding'])

export async function startSlowNetwork(site: string, size: PartSize): Promise<SlowNetwork> {
  const unfinished = new Map<ServerResponse, string[]>()
  const server = createServer(async ({ url = '/', headers }, response) => {
    const forwarded = Object.entries(headers).filter(([name]) => /^(rsc|next-)/.test(name))
    const upstream = await fetch(site + url, {
      headers: Object.fromEntries(forwarded) as HeadersInit,
      redirect: 'manual',
    })
    const body = Buffer.from(await upstream.arrayBuffer())
    response.writeHead(
      upstream.status,
      Object.fromEntries([...upstream.headers].filter(([name]) => !NOT_FORWARDED.has(name))),
    )
    if (!upstream.headers.get('content-type')?.startsWith('text/html')) return response.end(body)
    const parts = inParts(body.toString(), size)
    // The browser keeps the old page until the new one starts.
    response.write(parts.shift() ?? '')
    unfinished.set(response, parts)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    deliver: () => {
      for (const [response, parts] of unfinished) {
        response.write(parts.shift() ?? '')
        if (parts.length > 0) continue
        response.end()
        unfinished.delete(response)
      }
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
