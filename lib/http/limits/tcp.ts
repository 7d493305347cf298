import { once } from 'node:events'
import { Redis, type Requester } from '@upstash/redis'
import { createClient } from 'redis'
import type { RedisLink } from './redis-link'
import { checkCounts } from './script'

/** Silence after which a connection is replaced: the kernel would wait for many minutes. */
const SILENCE_MS = 5_000
/** Between attempts to connect: 0.05 s, doubling to 1 s. */
const waitBefore = (attempt: number): number => Math.min(50 * 2 ** attempt, 1_000)

/** @param url redis://user:password@host:port/database, or rediss:// over TLS. */
function connect(url: string) {
  const client = createClient({
    url,
    // The older protocol needs no handshake, which some servers and proxies refuse.
    RESP: 2,
    disableClientInfo: true,
    // Commands don't wait for a connection: the process decides by itself meanwhile.
    disableOfflineQueue: true,
    // A timeout for queued commands. There are none, and it takes four times the work of sending a command.
    commandOptions: { timeout: 0 },
    socket: { reconnectStrategy: waitBefore },
  })
  let lastError: Error | undefined
  client.on('error', (error: Error) => {
    lastError = error
  })
  client.on('ready', () => {
    lastError = undefined
  })
  client.connect().catch(() => {})
  return { client, whyNot: () => lastError }
}

type Client = ReturnType<typeof connect>['client']

/**
 * A connection over TCP for @upstash/ratelimit: the commands are the same as Upstash's.
 * @param silence ms after which an unresponsive connection is replaced.
 */
export function linkTcp(url: string, silence = SILENCE_MS): RedisLink {
  let connection = connect(url)

  const request: Requester['request'] = async <T>({ body }: { body?: unknown }) => {
    const { client, whyNot } = connection
    if (!client.isReady) throw whyNot() ?? new Error('it is not connected')
    if (!Array.isArray(body)) throw new TypeError('A command is a list of words')
    return { result: await client.sendCommand<T>(body.map(String)) }
  }

  const redis = new Redis({ request })
  const answer = async (client: Client): Promise<void> => {
    if (!client.isReady) await once(client, 'ready')
    await checkCounts(redis)
  }

  return {
    redis,
    probe: async () => {
      const { client } = connection
      let timer: NodeJS.Timeout | undefined
      const silent = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          client.destroy()
          connection = connect(url)
          reject(new Error(`it is silent for ${silence} ms`))
        }, silence).unref()
      })
      await Promise.race([answer(client), silent]).finally(() => clearTimeout(timer))
    },
    close: () => connection.client.destroy(),
  }
}
