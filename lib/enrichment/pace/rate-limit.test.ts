import { beforeEach, expect, test } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { emptyEnrichment } from '@/lib/enrichment/testing/entities'
import { findSourceHealth } from './health'
import { BREAKS_AFTER, LEFT_ALONE_MS, reportFailure, reportWell, takeTurn } from './rate-limit'

const { pool } = await createTestDatabase()
beforeEach(() => emptyEnrichment(pool))

const start = Date.UTC(2026, 0, 1)
const at = (ms: number) => new Date(start + ms)
const turn = (ms: number) => takeTurn('musicbrainz', 1_000, at(ms))

/** Creates the row, which does not exist before the first turn. */
const begin = () => takeTurn('musicbrainz', 0, at(-1))

test('gives one turn per interval to all processes', async () => {
  await begin()
  const turns = await Promise.all(Array.from({ length: 10 }, () => turn(0)))
  expect(turns.filter(({ isMine }) => isMine)).toHaveLength(1)
  expect(await turn(999)).toEqual({ isMine: false, at: at(1_000), isOpen: false })
  expect(await turn(1_000)).toEqual({ isMine: true, isProbe: false })
  expect(await takeTurn('coverart', 1_000, at(1_000))).toMatchObject({ isMine: false, at: at(1_000) })
  expect(await takeTurn('coverart', 1_000, at(1_000))).toMatchObject({ isMine: true })
})

test('all processes obey Retry-After', async () => {
  await begin()
  await reportFailure('musicbrainz', at(0), at(30_000))
  expect(await turn(29_999)).toEqual({ isMine: false, at: at(30_000), isOpen: false })
  expect(await turn(30_000)).toMatchObject({ isMine: true })
})

test('five failures in a row pause a source for a minute, then one probe is sent', async () => {
  await begin()
  for (let n = 1; n < BREAKS_AFTER; n++) await reportFailure('musicbrainz', at(0), null)
  await reportWell('musicbrainz')
  for (let n = 1; n < BREAKS_AFTER; n++) await reportFailure('musicbrainz', at(0), null)
  expect(await turn(0)).toMatchObject({ isMine: true, isProbe: false })
  await reportFailure('musicbrainz', at(0), null)
  expect(await turn(LEFT_ALONE_MS - 1)).toEqual({ isMine: false, at: at(LEFT_ALONE_MS), isOpen: true })

  const probes = await Promise.all([turn(LEFT_ALONE_MS), turn(LEFT_ALONE_MS)])
  expect(probes.filter(({ isMine }) => isMine)).toEqual([{ isMine: true, isProbe: true }])
  expect(await turn(LEFT_ALONE_MS + 1_000)).toMatchObject({ isMine: false, isOpen: true })
  // The probe fails.
  await reportFailure('musicbrainz', at(LEFT_ALONE_MS + 2_000), null)
  expect(await turn(2 * LEFT_ALONE_MS)).toMatchObject({ isMine: false, at: at(2 * LEFT_ALONE_MS + 2_000) })
  expect(await turn(2 * LEFT_ALONE_MS + 2_000)).toMatchObject({ isMine: true, isProbe: true })
  // The probe succeeds.
  await reportWell('musicbrainz')
  expect(await turn(2 * LEFT_ALONE_MS + 3_000)).toEqual({ isMine: true, isProbe: false })
  expect(await findSourceHealth()).toEqual([
    { name: 'musicbrainz', failures: 0, nextAt: at(2 * LEFT_ALONE_MS + 4_000), openedUntil: null },
  ])
})
