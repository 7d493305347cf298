import { beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { createTestDatabase } from '@/lib/db/testing/database'
import { OutsideClient } from '@/lib/enrichment/http/client'
import { findSourceHealth } from '@/lib/enrichment/pace/health'
import { BREAKS_AFTER, LEFT_ALONE_MS, reportFailure } from '@/lib/enrichment/pace/rate-limit'
import { TestClock } from '@/lib/enrichment/testing/clock'
import { emptyEnrichment } from '@/lib/enrichment/testing/entities'
import { OutsideServer } from '@/lib/enrichment/testing/server'
import { pacedClientOf } from './paced-client'

const { pool } = await createTestDatabase()
let clock = new TestClock()
/** The time of each request, in ms. */
let times: number[] = []

/** `/2` redirects to `/1`, and that to `/0`, which exists. */
const server = await OutsideServer.start((request, response) => {
  times.push(clock.now().getTime())
  const left = Number(request.url?.slice(1))
  if (left > 0) response.writeHead(307, { location: `/${left - 1}` }).end()
  else response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
})

beforeEach(async () => {
  await emptyEnrichment(pool)
  clock = new TestClock()
  times = []
})

const ask = (path: string) => {
  const client = new OutsideClient({ baseUrl: server.url, isOwn: true, userAgent: 'test', now: clock.now })
  return pacedClientOf({ name: 'coverart', client, interval: 1_000, clock }, new AbortController().signal).json(
    path,
    z.object({}),
  )
}
const between = () => times.slice(1).map((time, index) => time - (times[index] ?? 0))

test('redirects to the source wait for a turn too', async () => {
  await ask('/2')
  await ask('/0')
  expect(times).toHaveLength(4)
  expect(between().every((ms) => ms >= 1_000)).toBe(true)
})

test('a probe follows redirects to the end', async () => {
  for (let n = 0; n < BREAKS_AFTER; n++) await reportFailure('coverart', clock.now(), null)
  clock.move(LEFT_ALONE_MS)
  expect(await ask('/2')).toMatchObject({ kind: 'value' })
  expect(between().every((ms) => ms >= 1_000)).toBe(true)
  expect(await findSourceHealth()).toMatchObject([{ failures: 0, openedUntil: null }])
})
