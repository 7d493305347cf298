import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { CompleteAlbum, CompleteArtist, CompletePlaylist, CompleteSong } from '@/lib/imports/complete-records'
import { CatalogueRecord } from '@/lib/imports/records'
import { wholeCatalogue } from './profile'
import { synthetic } from './synthetic'

const count = (records: Iterable<unknown>): number => [...records].length

function grouped<T, Key>(list: T[], keyOf: (item: T) => Key): Map<Key, T[]> {
  const groups = new Map<Key, T[]>()
  for (const item of list) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}

describe('the same options', () => {
  test('give the same catalogue everywhere', () => {
    const hash = createHash('sha256')
    let left = 10_000
    for (const record of synthetic({ songs: 20_000, seed: 1 })) {
      if (left-- === 0) break
      hash.update(`${JSON.stringify(record)}\n`)
    }
    expect(hash.digest('hex')).toBe('e3780ac9e00211ac51b507081528f8a2d9792ea20d328fd088ce0587cc6e7dc6')
  })

  test('but another seed gives another', () => {
    const [one, other] = [1, 2].map((seed) => JSON.stringify([...synthetic({ songs: 50, seed })]))
    expect(one).not.toBe(other)
  })
})

describe('a catalogue', () => {
  for (const songs of [0, 1, 10, 137, 5_000])
    test(`of ${songs} songs has that number, and every record is valid and refers to earlier ones`, () => {
      const known = { artist: new Set(), song: new Set(), album: new Set(), playlist: new Set(), genre: new Set() }
      const all = (of: Set<unknown>, keys: unknown[]) => expect(keys.filter((key) => !of.has(key))).toEqual([])
      for (const record of synthetic({ songs, seed: 7 })) {
        expect(CatalogueRecord.parse(record)).toEqual(record)
        if (record.type === 'redirect') throw new Error('A generated catalogue has no redirects.')
        const key = record.type === 'genre' ? record.name : record.id
        expect(known[record.type].has(key)).toBe(false)
        known[record.type].add(key)
        if (record.type === 'song' || record.type === 'album') {
          all(
            known.artist,
            record.credits.map(({ artist }) => artist),
          )
          all(known.genre, record.genres)
          expect(record.credits).not.toEqual([])
        }
        if (record.type === 'album') {
          const tracks = record.discs.flatMap((disc) => disc.tracks)
          all(
            known.song,
            tracks.map(({ song }) => song),
          )
          expect(tracks).not.toEqual([])
        }
        if (record.type === 'playlist')
          all(
            known.song,
            record.items.flatMap((item) => ('song' in item ? item.song : [])),
          )
      }
      expect(known.song.size).toBe(songs)
    })

  test('of no songs is empty', () => expect(count(synthetic({ songs: 0, seed: 1 }))).toBe(0))
})

describe('a catalogue of 100,000 songs', () => {
  const artists: CompleteArtist[] = []
  const songs: CompleteSong[] = []
  const albums: CompleteAlbum[] = []
  const playlists: CompletePlaylist[] = []
  const genres: string[] = []
  /** Albums per artist key. */
  const discographies = new Map<string, number>()

  beforeAll(() => {
    for (const record of synthetic({ songs: 100_000, seed: 3 })) {
      if (record.type === 'artist') artists.push(record)
      if (record.type === 'song') songs.push(record)
      if (record.type === 'album') albums.push(record)
      if (record.type === 'playlist') playlists.push(record)
      if (record.type === 'genre') genres.push(record.name)
    }
    for (const { credits } of albums)
      for (const { artist, role } of credits)
        if (role === 'artist') discographies.set(artist, (discographies.get(artist) ?? 0) + 1)
  })

  const tracksOf = (album: CompleteAlbum) => album.discs.flatMap((disc) => disc.tracks)
  const share = <T>(list: T[], is: (item: T) => unknown): number => list.filter(is).length / list.length
  const between = (value: number, least: number, most: number) => {
    expect(value).toBeGreaterThanOrEqual(least)
    expect(value).toBeLessThanOrEqual(most)
  }

  test('has about ten songs per album, not counting the orchestra', () =>
    between(songs.length / (albums.length - 6_000), 8, 12))

  test('has one artist with 6,000 albums, and no other with hundreds but Various Artists', () => {
    const [most, ...others] = [...discographies]
      .filter(([artist]) => artist !== 'various')
      .sort(([, a], [, b]) => b - a)
    expect(most?.[1]).toBe(6_000)
    between(others[0]?.[1] ?? 0, 24, 150)
  })

  test('has discographies by a power law: most artists have one or two albums, some dozens, some none', () => {
    const counts = artists.map(({ id }) => discographies.get(id) ?? 0)
    between(
      share(counts, (albums) => albums === 0),
      0.05,
      0.15,
    )
    between(
      share(counts, (albums) => albums === 1 || albums === 2),
      0.5,
      0.8,
    )
    between(
      share(counts, (albums) => albums >= 24),
      0.005,
      0.05,
    )
  })

  test('has compilations by many artists', () => {
    const makers = new Map(songs.map(({ id, credits }) => [id, credits[0]?.artist]))
    const various = albums.filter(({ credits }) => credits[0]?.artist === 'various')
    expect(various.length).toBeGreaterThan(100)
    expect(
      share(various, (album) => new Set(tracksOf(album).map(({ song }) => makers.get(song))).size >= 8),
    ).toBeGreaterThan(0.6)
  })

  test('has songs that are on several albums', () => {
    const appearances = new Map<string, number>()
    for (const { song } of albums.flatMap(tracksOf)) appearances.set(song, (appearances.get(song) ?? 0) + 1)
    between(
      share([...appearances.values()], (albums) => albums > 1),
      0.1,
      0.4,
    )
    between(
      share(songs, ({ id }) => !appearances.has(id)),
      0.0001,
      0.01,
    )
  })

  test('has every kind of album, mostly studio albums', () => {
    const kinds = grouped(albums, ({ kind }) => kind)
    for (const kind of ['album', 'ep', 'single', 'compilation', 'live', 'soundtrack', 'other'] as const)
      expect(kinds.get(kind)?.length).toBeGreaterThan(100)
    expect(share(albums, ({ kind }) => kind === 'album')).toBeGreaterThan(0.4)
  })

  test('has many albums called "Greatest Hits"', () => {
    expect(albums.filter(({ title }) => title === 'Greatest Hits').length).toBeGreaterThan(50)
  })

  const albumOddities: [what: string, is: (album: CompleteAlbum) => unknown, least: number, most: number][] = [
    ['of several discs', ({ discs }) => discs.length > 1, 0.03, 0.15],
    ['with titled discs', ({ discs }) => discs.some(({ title }) => title), 0.01, 0.05],
    ['numbered by sides', (album) => tracksOf(album)[0]?.number === 'A1', 0.2, 0.5],
    ['dated to the day', ({ date }) => date?.length === 10, 0.5, 0.7],
    ['dated to the month', ({ date }) => date?.length === 7, 0.05, 0.15],
    ['dated to the year', ({ date }) => date?.length === 4, 0.1, 0.3],
    ['undated', ({ date }) => date === null, 0.03, 0.1],
    ['by two artists', ({ credits }) => credits.filter(({ role }) => role === 'artist').length === 2, 0.01, 0.05],
    ['without a label', ({ label }) => label === null, 0.1, 0.3],
    ['with a disambiguation', ({ disambiguation }) => disambiguation, 0.01, 0.1],
    ['of three genres', ({ genres }) => genres.length === 3, 0.02, 0.2],
  ]
  for (const [what, is, least, most] of albumOddities)
    test(`has albums ${what}`, () => between(share(albums, is), least, most))

  const songOddities: [what: string, is: (song: CompleteSong) => unknown, least: number, most: number][] = [
    ['without a duration', ({ durationMs }) => durationMs === null, 0.02, 0.06],
    ['shorter than 1:15', ({ durationMs }) => durationMs !== null && durationMs < 75_000, 0.005, 0.03],
    ['longer than 10 minutes', ({ durationMs }) => durationMs !== null && durationMs > 600_000, 0.005, 0.05],
    ['with a guest', ({ credits }) => credits.some(({ join }) => join === ' feat. '), 0.02, 0.1],
    ['by two artists', ({ credits }) => credits.some(({ join }) => join === ' x ' || join === ' & '), 0.01, 0.05],
    ['with a name as printed', ({ credits }) => credits.some(({ name }) => name), 0.005, 0.05],
    ['with a composer line', ({ composer }) => composer, 0.15, 0.4],
    ['marked as live', ({ disambiguation }) => disambiguation.startsWith('live, '), 0.02, 0.1],
    ['without listens', ({ listens }) => listens === 0, 0.3, 0.8],
  ]
  for (const [what, is, least, most] of songOddities)
    test(`has songs ${what}`, () => between(share(songs, is), least, most))

  const scripts: [script: string, pattern: RegExp][] = [
    ['accented Latin', /[À-ɏ]/],
    ['Cyrillic', /\p{Script=Cyrillic}/u],
    ['Greek', /\p{Script=Greek}/u],
    ['Arabic', /\p{Script=Arabic}/u],
    ['Hebrew', /\p{Script=Hebrew}/u],
    ['Han', /\p{Script=Han}/u],
    ['kana', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
    ['Hangul', /\p{Script=Hangul}/u],
    ['emoji', /\p{Emoji_Presentation}/u],
  ]
  for (const [script, pattern] of scripts)
    test(`has artists, albums and songs in ${script}`, () => {
      for (const texts of [
        artists.map(({ name }) => name),
        ...[albums, songs].map((list) => list.map(({ title }) => title)),
      ])
        expect(texts.filter((text) => pattern.test(text)).length).toBeGreaterThan(3)
    })

  test('distinguishes artists of the same name', () => {
    const same = [...grouped(artists, ({ name }) => name).values()].filter((bearers) => bearers.length > 1)
    expect(same.length).toBeGreaterThan(20)
    const apart = share(
      same,
      (bearers) => new Set(bearers.map(({ disambiguation }) => disambiguation)).size === bearers.length,
    )
    expect(apart).toBeGreaterThan(0.95)
  })

  test('has common and rare genres', () => {
    between(genres.length, 60, 75)
    const counts = [...grouped(albums, ({ genres }) => genres[0]).values()]
      .map((albums) => albums.length)
      .sort((a, b) => b - a)
    expect(counts[1]).toBeGreaterThan(5 * (counts.at(-1) ?? 0))
  })

  test('has songs of a median length of about 3:45', () => {
    const lengths = songs.flatMap(({ durationMs }) => durationMs ?? []).sort((a, b) => a - b)
    between(lengths[(lengths.length / 2) | 0] ?? 0, 215_000, 240_000)
  })

  test('has a few songs with most of the listens', () => {
    const listens = songs.map((song) => song.listens).sort((a, b) => b - a)
    const sum = (list: number[]) => list.reduce((total, value) => total + value, 0)
    expect(sum(listens.slice(0, 1_000)) / sum(listens)).toBeGreaterThan(0.5)
  })

  test('has no album from the future', () => {
    const { year, month, day } = wholeCatalogue.today
    const today = `${year}-${month}-${day}`
    expect(albums.filter(({ date }) => date !== null && date > today)).toEqual([])
    expect(albums.some(({ date }) => date?.startsWith(`${year}-`))).toBe(true)
  })

  test('gives some things a MusicBrainz id', () => {
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
    for (const list of [artists, albums, songs]) {
      const ids = list.flatMap(({ externalIds }) => externalIds)
      between(ids.length / list.length, 0.3, 0.7)
      expect(ids.filter(({ value }) => !uuid.test(value))).toEqual([])
      expect(new Set(ids.map(({ value }) => value)).size).toBe(ids.length)
    }
  })

  test('has a few hundred playlists, one of 10,000 songs, some empty, some with unknown songs', () => {
    between(playlists.length, 200, 300)
    expect(Math.max(...playlists.map(({ items }) => items.length))).toBe(10_000)
    between(
      share(playlists, ({ items }) => items.length === 0),
      0.01,
      0.06,
    )
    between(
      share(playlists, ({ items }) => items.some((item) => 'title' in item)),
      0.02,
      0.1,
    )
    expect(new Set(playlists.map(({ name }) => name)).size).toBeLessThan(playlists.length)
    expect(scripts.filter(([, pattern]) => playlists.some(({ name }) => pattern.test(name))).length).toBeGreaterThan(6)
  })
})
