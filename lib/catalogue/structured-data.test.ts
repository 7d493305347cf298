import { describe, expect, test } from 'vitest'
import { albumJsonLd, artistJsonLd, isoDate, isoDuration, songJsonLd } from './structured-data'
import type { AlbumView, ArtistView, CreditView, SongView } from './views'

const ORIGIN = 'https://music.example'

const credit = (id: number, name: string, role: CreditView['role'] = 'artist'): CreditView => ({
  artistId: id,
  artistName: name,
  name,
  join: '',
  role,
})

const album: AlbumView = {
  id: 7,
  title: 'Winter',
  disambiguation: '',
  kind: 'live',
  date: { year: 1997, month: 5, day: null },
  trackCount: 203,
  durationMs: 3_600_000,
  timedCount: 1,
  creditCount: 1,
  format: '',
  discIndex: [],
  credits: [credit(1, 'Nova'), credit(2, 'Lune', 'producer')],
  cover: { path: '/artwork/ab', files: [{ size: 96, width: 96 }], colour: '#102030', placeholder: '' },
  label: 'Hearth',
  sourceFacts: [],
  coverSource: null,
  discCount: 2,
  genres: [{ name: 'Folk', slug: 'folk' }],
  discs: [
    {
      position: 1,
      title: '',
      format: 'CD',
      isContinued: true,
      tracks: [
        {
          position: 201,
          number: '201',
          title: 'Snow (live)',
          durationMs: 225_000,
          song: { id: 9, title: 'Snow', credits: [], creditCount: 0 },
        },
      ],
    },
  ],
  tracksPage: { page: 2, pages: 2 },
  moreBy: null,
}

const song: SongView = {
  id: 9,
  title: 'Snow',
  disambiguation: '',
  durationMs: null,
  credits: [credit(1, 'Nova'), credit(3, 'Iris', 'featured'), credit(4, 'Vera', 'composer')],
  creditCount: 2,
  popularity: 0,
  album: { id: 7, title: 'Winter', cover: null },
  composer: null,
  genres: [],
  appearances: { rows: [{ album, disc: 1, number: '201', title: 'Snow (live)' }], total: 1 },
  playlists: { rows: [], total: 0 },
}

const artist: ArtistView = {
  id: 1,
  name: 'Nova',
  sortName: 'Nova',
  disambiguation: 'Chilean folk duo',
  kind: 'group',
  albumCount: 1,
  songCount: 1,
  albums: [{ kind: 'live', albums: { rows: [album], total: 1 } }],
  appearsOn: { rows: [], total: 0 },
  sourceFacts: [],
  topSongs: { rows: [], total: 0, isRanked: false },
  roles: [],
}

/** As serialised: undefined properties are left out. */
const written = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('durations and dates', () => {
  for (const [ms, iso] of [
    [0, 'PT0S'],
    [499, 'PT0S'],
    [225_000, 'PT3M45S'],
    [3_600_000, 'PT1H'],
    [3_599_500, 'PT1H'],
    [90_061_000, 'PT25H1M1S'],
  ] as const)
    test(`${ms} ms is ${iso}`, () => expect(isoDuration(ms)).toBe(iso))

  for (const [year, month, day, iso] of [
    [null, null, null, undefined],
    [1997, null, null, '1997'],
    [1997, 5, null, '1997-05'],
    [1997, 5, 21, '1997-05-21'],
    [800, 1, 1, '0800-01-01'],
  ] as const)
    test(`${year}, ${month}, ${day} is ${iso}`, () => expect(isoDate({ year, month, day })).toBe(iso))
})

test('an album has its artists, date and the tracks of the page', () => {
  expect(written(albumJsonLd(album, ORIGIN))).toEqual({
    '@context': 'https://schema.org',
    '@type': 'MusicAlbum',
    '@id': 'https://music.example/albums/winter-7',
    url: 'https://music.example/albums/winter-7',
    name: 'Winter',
    datePublished: '1997-05',
    numTracks: 203,
    albumReleaseType: 'AlbumRelease',
    albumProductionType: 'LiveAlbum',
    byArtist: [
      {
        '@type': 'MusicGroup',
        '@id': 'https://music.example/artists/nova-1',
        url: 'https://music.example/artists/nova-1',
        name: 'Nova',
      },
    ],
    producer: [expect.objectContaining({ name: 'Lune' })],
    genre: ['Folk'],
    image: 'https://music.example/artwork/ab/96.jpg',
    albumRelease: { '@type': 'MusicRelease', recordLabel: { '@type': 'Organization', name: 'Hearth' } },
    track: {
      '@type': 'ItemList',
      numberOfItems: 203,
      itemListElement: [
        {
          '@type': 'ListItem',
          position: 201,
          item: {
            '@type': 'MusicRecording',
            '@id': 'https://music.example/songs/snow-9',
            url: 'https://music.example/songs/snow-9',
            name: 'Snow (live)',
            duration: 'PT3M45S',
          },
        },
      ],
    },
  })
})

describe('a song', () => {
  test('has featured artists as contributors and the composer on the work', () => {
    const data = written(songJsonLd(song, ORIGIN))
    expect(data).toMatchObject({
      '@type': 'MusicRecording',
      byArtist: [{ name: 'Nova' }],
      contributor: [{ name: 'Iris' }],
      recordingOf: { '@type': 'MusicComposition', composer: [{ name: 'Vera' }] },
      inAlbum: [{ '@id': 'https://music.example/albums/winter-7' }],
    })
    expect(data).not.toHaveProperty('duration')
    expect(data).not.toHaveProperty('genre')
  })

  test('has a composer line as text', () => {
    const data = songJsonLd({ ...song, credits: [], composer: 'Vera Sol, Ana Lima' }, ORIGIN)
    expect(written(data)).toMatchObject({ recordingOf: { creditText: 'Vera Sol, Ana Lima' } })
  })

  test('has only a name if nothing else is known', () => {
    const bare = { ...song, credits: [], appearances: { rows: [], total: 0 } }
    expect(Object.keys(written(songJsonLd(bare, ORIGIN)) ?? {})).toEqual(['@context', '@type', '@id', 'url', 'name'])
  })
})

describe('an artist', () => {
  test('is not a person if it is a group', () => {
    expect(written(artistJsonLd(artist, ORIGIN))).toMatchObject({
      '@type': 'MusicGroup',
      disambiguatingDescription: 'Chilean folk duo',
      album: [{ name: 'Winter' }],
    })
  })

  test('is a group and a person if it is a person', () => {
    const data = written(artistJsonLd({ ...artist, kind: 'person' }, ORIGIN))
    expect(data).toMatchObject({ '@type': ['MusicGroup', 'Person'] })
  })
})
