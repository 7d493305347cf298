import { parentPort } from 'node:worker_threads'
import { backgroundDecoder } from '@/lib/artwork/decoding/decoder-pool'
import { closePool } from '@/lib/db/pool'
import { env } from '@/lib/env'
import { log } from '@/lib/observability/log'
import { realClock } from './clock'
import { openSources } from './open-sources'
import { runJobsForever } from './work'

/** The background thread of a site, started by background.ts and stopped by a message. */

const stop = new AbortController()
parentPort?.once('message', () => stop.abort())

const say = (sentence: string) => log.error(sentence)
const work = { ttl: env.ENRICHMENT_TTL, clock: realClock, signal: stop.signal }
await Promise.all(openSources(env.ENRICHMENT, realClock).map((open) => runJobsForever(open, work, say)))
backgroundDecoder().end()
await closePool(new AbortController().signal)
