import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A network between browser and site that brings pages in parts, each when it is told to. */
export type SlowNetwork = {
  /** Where the browser finds the site. */
  address: string
  /** Brings the next part of every page that is under way; the first comes by itself. */
  bring(): void
  close(): Promise<void>
}

const PARTS = 64

/** What a server sends before it waits for an answer: ten segments (RFC 6928). */
const FIRST_PART = 14_600

/** In which parts pages come: large ones, or what is shown tag by tag. */
export type Parts = 'large' | 'tags'

const inParts = (html: string, parts: Parts): string[] => (parts === 'large' ? inLargeParts(html) : byTag(html))

/** What is shown tag by tag; what is before and behind it at once. */
function byTag(html: string): string[] {
  const from = html.search(/(?<=<body[^>]*>)/)
  const to = html.search(/(?<=<\/footer>)/)
  return [html.slice(0, from), ...html.slice(from, to).split(/(?<=>)/), html.slice(to)]
}

/** About as many parts as are said above, each of whole tags and texts. */
function inLargeParts(html: string): string[] {
  const parts: string[] = []
  let part = ''
  for (const tag of html.split(/(?<=>)/)) {
    part += tag
    if (part.length < (parts.length === 0 ? FIRST_PART : html.length / PARTS)) continue
    parts.push(part)
    part = ''
  }
  return [...parts, part]
}

/** What belongs to one connection, or to a body that is no longer compressed. */
const NOT_HANDED_ON = new Set(['connection', 'content-encoding', 'content-length', 'keep-alive', 'transfer-encoding'])

export async function startSlowNetwork(site: string, inWhich: Parts): Promise<SlowNetwork> {
  const underWay = new Map<ServerResponse, string[]>()
  const server = createServer(async ({ url = '/', headers }, response) => {
    const asked = Object.entries(headers).filter(([name]) => /^(rsc|next-)/.test(name))
    const answer = await fetch(site + url, { headers: Object.fromEntries(asked) as HeadersInit, redirect: 'manual' })
    const body = Buffer.from(await answer.arrayBuffer())
    response.writeHead(
      answer.status,
      Object.fromEntries([...answer.headers].filter(([name]) => !NOT_HANDED_ON.has(name))),
    )
    if (!answer.headers.get('content-type')?.startsWith('text/html')) return response.end(body)
    const parts = inParts(body.toString(), inWhich)
    // The browser leaves the page before only for one that begins.
    response.write(parts.shift() ?? '')
    underWay.set(response, parts)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bring: () => {
      for (const [response, parts] of underWay) {
        response.write(parts.shift() ?? '')
        if (parts.length > 0) continue
        response.end()
        underWay.delete(response)
      }
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
