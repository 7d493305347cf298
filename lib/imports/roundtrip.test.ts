import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { albumKinds, artistKinds, creditRoles } from '@/lib/catalogue/kinds'
import { createTestDatabase } from '@/lib/db/testing/database'
import { readNdjson } from './ndjson/read'
import { CatalogueRecord } from './records'
import { emptyCatalogue, exported, importInput, inputOf, ndjson, rebuilt } from './testing'

const { pool } = await createTestDatabase()
vi.setConfig({ testTimeout: 600_000 })

/**
 * Few, because each takes seconds and every test run generates others. Without shrinking, which would take minutes: a
 * catalogue of up to twenty things is small enough.
 */
const runs = { numRuns: 5, endOnFailure: true }

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((value) => /\S/.test(value) && !value.includes('\0'))
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const duration = fc.integer({ min: 0, max: 2_147_483_647 })
const keys = (letter: string) => fc.integer({ min: 1, max: 5 }).map((number) => `${letter}${number}`)
const named = <T>(letter: string, fields: (id: string) => fc.Arbitrary<T>) =>
  fc.uniqueArray(keys(letter), { maxLength: 5 }).chain((ids) => fc.tuple(...ids.map(fields)))
/** External ids that no other record has. */
const externalIds = (id: string) =>
  some(fc.uniqueArray(text, { maxLength: 2 }).map((values) => values.map((value) => ({ source: value, value: id }))))

const credits = (artists: string[]) =>
  artists.length === 0
    ? fc.constant(undefined)
    : some(
        fc.array(
          fc.record({
            artist: fc.constantFrom(...artists),
            name: some(text),
            join: some(fc.constantFrom('', ' & ', ' feat. ')),
            role: some(fc.constantFrom(...creditRoles)),
          }),
          { maxLength: 3 },
        ),
      )
const genres = some(
  fc.uniqueArray(fc.constantFrom('Rock', 'rock', 'Hip-Hop', 'Hip Hop', '!!!', '音楽'), { maxLength: 3 }),
)
const date = some(fc.constantFrom('1999', '1999-05', '1999-05-21', '2000-02-29', '0001'))
const positions = <T extends object>(place: fc.Arbitrary<T>) =>
  fc
    .array(place, { maxLength: 3 })
    .chain((places) =>
      fc
        .subarray([1, 2, 3, 5, 8, 13], { minLength: places.length, maxLength: places.length })
        .map((numbers) => places.map((each, index) => ({ position: numbers[index], ...each }))),
    )

type Keyed = { id: string }
const ids = (records: Keyed[]) => records.map(({ id }) => id)

const artists = named('a', (id) =>
  fc.record({
    type: fc.constant('artist'),
    id: fc.constant(id),
    name: text,
    sortName: some(text),
    disambiguation: some(text),
    kind: some(fc.constantFrom(...artistKinds)),
    externalIds: externalIds(id),
  }),
)
const songs = (by: string[]) =>
  named('s', (id) =>
    fc.record({
      type: fc.constant('song'),
      id: fc.constant(id),
      title: text,
      disambiguation: some(text),
      durationMs: some(fc.option(duration)),
      composer: some(text),
      listens: some(fc.integer({ min: 0, max: 100_000_000_000 })),
      credits: credits(by),
      genres,
      externalIds: externalIds(id),
    }),
  )
const track = (of: string[]) =>
  fc.record({
    number: some(text),
    title: some(text),
    durationMs: some(fc.option(duration)),
    song: fc.constantFrom(...of),
  })
const albums = (by: string[], of: string[]) =>
  named('l', (id) =>
    fc.record({
      type: fc.constant('album'),
      id: fc.constant(id),
      title: text,
      disambiguation: some(text),
      kind: some(fc.constantFrom(...albumKinds)),
      date,
      label: some(text),
      credits: credits(by),
      genres,
      discs: some(
        positions(
          fc.record({
            title: some(text),
            format: some(text),
            tracks: of.length === 0 ? fc.constant(undefined) : some(positions(track(of))),
          }),
        ),
      ),
      externalIds: externalIds(id),
    }),
  )
const playlists = (of: string[]) =>
  named('p', (id) =>
    fc.record({
      type: fc.constant('playlist'),
      id: fc.constant(id),
      name: text,
      description: some(text),
      revision: some(fc.integer({ min: 1, max: 1_000 })),
      items: some(
        fc.array(
          fc.oneof(
            fc.record({ title: text, artist: some(text), album: some(text) }),
            ...(of.length === 0 ? [] : [fc.record({ song: fc.constantFrom(...of) })]),
          ),
          { maxLength: 4 },
        ),
      ),
      externalIds: externalIds(id),
    }),
  )

/** A catalogue's records in any order; references may be to later records. */
const catalogue = artists.chain((who) =>
  songs(ids(who)).chain((what) =>
    fc.tuple(albums(ids(who), ids(what)), playlists(ids(what))).chain(([records, lists]) =>
      fc.shuffledSubarray([...who, ...what, ...records, ...lists], {
        minLength: who.length + what.length + records.length + lists.length,
      }),
    ),
  ),
)

const asJson = (records: object[]): object[] => JSON.parse(JSON.stringify(records))

test('generates valid records', () => {
  fc.assert(
    fc.property(catalogue, (records) => asJson(records).every((record) => CatalogueRecord.safeParse(record).success)),
    { numRuns: 100 },
  )
})

test('an export that is imported and exported again is the same, byte by byte', async () => {
  await fc.assert(
    fc.asyncProperty(catalogue, async (records) => {
      await emptyCatalogue(pool)
      await importInput(ndjson(asJson(records)))
      const first = await exported()
      await emptyCatalogue(pool)
      await importInput(readNdjson(inputOf(first)))
      expect(await exported()).toBe(first)
      expect(await rebuilt(pool)).toEqual({})
    }),
    runs,
  )
})

test('after any imports, neither a rebuild nor the last import again changes anything', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(catalogue, { minLength: 2, maxLength: 3 }), async (files) => {
      await emptyCatalogue(pool)
      for (const records of files) {
        await importInput(ndjson(asJson(records)))
        expect(await rebuilt(pool)).toEqual({})
      }
      const before = await exported()
      const { result } = await importInput(ndjson(asJson(files.at(-1) ?? [])))
      expect(Object.values(result).flatMap((changes) => Object.values(changes))).toEqual(Array(9).fill(0))
      expect(await exported()).toBe(before)
    }),
    runs,
  )
})
