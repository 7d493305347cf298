import { expect, test } from 'vitest'
import { at, run } from '@/lib/db/testing/admin'
import { createTestDatabase } from '@/lib/db/testing/database'
import { difference, migrate, unknownMigrations } from './migrate'

const { url, pool } = await createTestDatabase()

test('a migrated database matches the schema', async () => expect(await difference(url)).toBe(''))

for (const [change, repair] of [
  ['ALTER TABLE album ADD COLUMN mood text', 'DROP COLUMN "mood"'],
  ['ALTER TABLE album DROP COLUMN label', 'ADD COLUMN     "label" TEXT'],
  [
    'ALTER TABLE album_credit DROP CONSTRAINT album_credit_artist_id_fkey',
    'ADD CONSTRAINT "album_credit_artist_id_fkey"',
  ],
] as const)
  test(`a difference is found: ${change}`, async () => {
    await pool.query(change)
    expect(await difference(url)).toContain(repair)
  })

test('if several processes migrate at once, one does it and the others wait', async () => {
  await run(url, 'CREATE DATABASE migrated_twice')
  const fresh = at(url, 'migrated_twice')
  try {
    const [one, other] = await Promise.all([migrate(fresh), migrate(fresh)])
    expect(one.length + other.length).toBeGreaterThan(0)
    expect(Math.min(one.length, other.length)).toBe(0)
    expect(await difference(fresh)).toBe('')
  } finally {
    await run(url, 'DROP DATABASE migrated_twice WITH (FORCE)')
  }
})

test('finds migrations of a newer version', async () => {
  await pool.query(
    "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('1', '', '99990101_later', now())",
  )
  expect(await unknownMigrations(url)).toEqual(['99990101_later'])
})
