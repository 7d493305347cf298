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

const PARTS = 12

/** What belongs to one connection, or to a body that is no longer compressed. */
const NOT_HANDED_ON = new Set(['connection', 'content-encoding', 'content-length', 'keep-alive', 'transfer-encoding'])

export async function startSlowNetwork(site: string): Promise<SlowNetwork> {
  const underWay = new Map<ServerResponse, Buffer[]>()
  const server = createServer(async ({ url = '/', headers }, response) => {
    const asked = Object.entries(headers).filter(([name]) => /^(rsc|next-)/.test(name))
    const answer = await fetch(site + url, { headers: Object.fromEntries(asked) as HeadersInit, redirect: 'manual' })
    const body = Buffer.from(await answer.arrayBuffer())
    response.writeHead(
      answer.status,
      Object.fromEntries([...answer.headers].filter(([name]) => !NOT_HANDED_ON.has(name))),
    )
    if (!answer.headers.get('content-type')?.startsWith('text/html')) return response.end(body)
    const size = Math.ceil(body.length / PARTS)
    const parts = Array.from({ length: PARTS }, (_, part) => body.subarray(part * size, (part + 1) * size))
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
