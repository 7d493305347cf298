import { readAlbums } from '@/lib/catalogue/albums/resource'
import { readArtists } from '@/lib/catalogue/artists/resource'
import { readGenres } from '@/lib/catalogue/genres/resource'
import { readSongs } from '@/lib/catalogue/songs/resource'
import { readPlaylists } from '@/lib/playlists/resource'
import type { Correction } from '@/lib/search/find/corrections'
import type { Hit } from '@/lib/search/find/hits'
import type { Sort } from '@/lib/search/find/order'
import { tiers } from '@/lib/search/find/statement'
import { type Match, matchesInAny } from '@/lib/search/results/matches'
import { type Kind, namedBy, type ParsedQuery, type TextField } from '@/lib/search/text/parse'
import type { Explanation, HitField, SearchHit } from './contract'

/** What was found as the API gives it. */

/** What was searched for, and what is to be said of it. */
export type Searched = { parsed: ParsedQuery; corrected: Correction; sort: Sort; explain: boolean }

/** Hits in their order; what was deleted since it was indexed is left out. */
export async function readHits(hits: Hit[], searched: Searched, origin: string): Promise<SearchHit[]> {
  const read = async <Item extends { id: number }>(
    kind: Kind,
    find: (ids: number[], origin: string) => Promise<Item[]>,
  ): Promise<Map<number, Item>> => {
    const ids = hits.filter((hit) => hit.kind === kind).map(({ id }) => id)
    return new Map(ids.length === 0 ? [] : (await find(ids, origin)).map((item) => [item.id, item]))
  }
  const [artists, albums, songs, playlists, genres] = await Promise.all([
    read('artist', readArtists),
    read('album', readAlbums),
    read('song', readSongs),
    read('playlist', readPlaylists),
    read('genre', readGenres),
  ])
  return hits.flatMap((hit): SearchHit[] => {
    const { kind, id } = hit
    const artist = kind === 'artist' && artists.get(id)
    if (artist)
      return [
        {
          kind: 'artist',
          item: artist,
          ...told(hit, searched, [
            of('name', artist.name, ...namedBy.artist),
            of('sortName', artist.sortName, ...namedBy.artist),
          ]),
        },
      ]
    const album = kind === 'album' && albums.get(id)
    if (album)
      return [
        {
          kind: 'album',
          item: album,
          ...told(hit, searched, [
            of('title', album.title, ...namedBy.album),
            of('credit', album.credit, 'artist'),
            of('label', album.label ?? '', 'label'),
          ]),
        },
      ]
    const song = kind === 'song' && songs.get(id)
    if (song)
      return [
        {
          kind: 'song',
          item: song,
          ...told(hit, searched, [
            of('title', song.title, ...namedBy.song),
            of('credit', song.credit, 'artist'),
            of('album', song.album?.title ?? '', 'album'),
            of('composer', song.composer ?? '', 'composer'),
          ]),
        },
      ]
    const playlist = kind === 'playlist' && playlists.get(id)
    if (playlist)
      return [
        { kind: 'playlist', item: playlist, ...told(hit, searched, [of('name', playlist.name, ...namedBy.playlist)]) },
      ]
    const genre = kind === 'genre' && genres.get(id)
    return genre
      ? [{ kind: 'genre', item: genre, ...told(hit, searched, [of('name', genre.name, ...namedBy.genre)]) }]
      : []
  })
}

/** A field's text, and the fields of a query that ask for it. */
type Text = { field: HitField; text: string; asked: TextField[] }
const of = (field: HitField, text: string, ...asked: TextField[]): Text => ({ field, text, asked })

function told(hit: Hit, { parsed, corrected, sort, explain }: Searched, texts: Text[]) {
  const matches = texts.flatMap(({ field, text, asked }) =>
    matchesInAny(text, parsed, asked).map((match) => ({ field, ...match })),
  )
  const highlights = matches.map(({ field, start, end }) => ({ field, start, end }))
  return { highlights, ...(explain && { explanation: explained(hit, matches, { parsed, corrected, sort }) }) }
}

function explained(
  { tier, score }: Hit,
  matches: (Match & { field: HitField })[],
  { parsed, corrected, sort }: Omit<Searched, 'explain'>,
): Explanation {
  const typed = new Map([...corrected].map(([word, meant]) => [meant, word]))
  return {
    tier: sort === 'relevance' ? (tiers[tier] ?? null) : null,
    score: { tier: sort === 'relevance' ? tiers.length - 1 - tier : 0, popularity: score },
    words: matches.map(({ word, field, way }) => {
      const wrong = typed.get(word.text)
      const written = parsed.text.slice(word.start, word.end)
      return wrong === undefined
        ? { word: written, meant: null, field, way }
        : { word: wrong, meant: word.text, field, way }
    }),
  }
}
