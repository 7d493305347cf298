import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { importInput, ndjson } from '@/lib/imports/testing'
import { problemOf, read, readStream } from './testing/ask'

/** Look-ups by our own and by external ids, in any spelling. */

await createTestDatabase()

const MBID = 'b10bbbfc-cf9e-42e0-be17-e2c3e1d2600d'
const ISRC = 'GBAYE9700123'
const KINDS = ['artist', 'album', 'song', 'playlist'] as const

beforeAll(() =>
  importInput(
    ndjson(
      KINDS.flatMap((type) =>
        ['one', 'two'].map((id) => ({
          type,
          id: `${type}:${id}`,
          [type === 'album' || type === 'song' ? 'title' : 'name']: id,
          ...(id === 'one' && {
            externalIds: [
              { source: 'musicbrainz', value: MBID.toUpperCase() },
              { source: 'shop:eu', value: '7:1' },
              ...(type === 'song' ? [{ source: 'isrc', value: 'gb-aye-97-00123' }] : []),
            ],
          }),
        })),
      ),
    ),
  ),
)

const idsOf = async (address: string) => (await read(address)).items.map(({ id }) => id)

for (const kind of KINDS)
  test(`finds ${kind}s by external ids and by ours, in pages and streams`, async () => {
    const list = `/${kind}s`
    const source = 'test'
    // Sources and values may hold colons.
    const mbids = kind === 'playlist' ? [] : [`mbid=${MBID}`, `mbid=${MBID.toUpperCase()}`]
    for (const query of [...mbids, `externalId=musicbrainz:${MBID.toUpperCase()}`, 'externalId=shop:eu:7:1'])
      expect(await idsOf(`${list}?${query}`), query).toEqual([1])
    for (const query of ['ids=2', `externalId=${source}:${kind}:two`])
      expect(await idsOf(`${list}?${query}`), query).toEqual([2])
    expect(await idsOf(`${list}?ids=2,1,99`)).toEqual([1, 2])
    expect((await readStream(`${list}?externalId=musicbrainz:${MBID}`)).map(({ id }) => id)).toEqual([1])
    for (const query of ['externalId=no:such', `externalId=isrc:${MBID}`])
      expect(await idsOf(`${list}?${query}`), query).toEqual([])
  })

test('finds songs by ISRC, with or without hyphens', async () => {
  for (const query of [
    `isrc=${ISRC}`,
    'isrc=gb-aye-97-00123',
    `isrc=USXXX0000000,${ISRC}`,
    'externalId=isrc:gbaye9700123',
  ])
    expect(await idsOf(`/songs?${query}`), query).toEqual([1])
  expect(await idsOf('/songs?isrc=USXXX0000000')).toEqual([])
})

test('accepts up to a hundred ids', async () => {
  const ids = Array.from({ length: 101 }, (_, index) => index + 1)
  expect(await idsOf(`/songs?ids=${ids.slice(1)}`)).toEqual([2])
  expect((await problemOf(`/songs?ids=${ids}`)).errors).toMatchObject([{ field: 'ids' }])
})

test('returns the ids that a resource is found by', async () => {
  expect((await read('/songs?ids=1')).items[0]?.externalIds).toEqual([
    { source: 'isrc', value: ISRC },
    { source: 'musicbrainz', value: MBID },
    { source: 'shop:eu', value: '7:1' },
    { source: 'test', value: 'song:one' },
  ])
})
