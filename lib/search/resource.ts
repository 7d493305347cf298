import { readAlbums } from '@/lib/catalogue/albums/resource'
import { readArtists } from '@/lib/catalogue/artists/resource'
import { readGenres } from '@/lib/catalogue/genres/resource'
import { readSongs } from '@/lib/catalogue/songs/resource'
import { readPlaylists } from '@/lib/playlists/resource'
import type { Correction } from '@/lib/search/find/corrections'
import type { Hit } from '@/lib/search/find/hits'
import type { Sort } from '@/lib/search/find/order'
import { tiers } from '@/lib/search/find/statement'
import type { Match, Matcher } from '@/lib/search/results/matches'
import { type Kind, namedBy, type TextField } from '@/lib/search/text/parse'
import type { Explanation, HitField, SearchHit } from './contract'

/** Hits as resources of the API. */

/** The data for highlights and explanations. @property text the query that was searched for. */
export type HitContext = { text: string; match: Matcher; corrected: Correction; sort: Sort; explain: boolean }

/** Hits in their order, without entities deleted since they were indexed. */
export async function readHits(hits: Hit[], context: HitContext, origin: string): Promise<SearchHit[]> {
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
    const details = (...texts: FieldText[]) => detailsOf(hit, context, texts)
    const artist = kind === 'artist' && artists.get(id)
    if (artist) {
      const names = [field('name', artist.name, namedBy.artist), field('sortName', artist.sortName, namedBy.artist)]
      return [{ kind: 'artist', item: artist, ...details(...names) }]
    }
    const album = kind === 'album' && albums.get(id)
    if (album) {
      const title = field('title', album.title, namedBy.album)
      const others = [field('credit', album.credit, ['artist']), field('label', album.label ?? '', ['label'])]
      return [{ kind: 'album', item: album, ...details(title, ...others) }]
    }
    const song = kind === 'song' && songs.get(id)
    if (song) {
      const title = field('title', song.title, namedBy.song)
      const others = [
        field('credit', song.credit, ['artist']),
        field('album', song.album?.title ?? '', ['album']),
        field('composer', song.composer ?? '', ['composer']),
      ]
      return [{ kind: 'song', item: song, ...details(title, ...others) }]
    }
    const playlist = kind === 'playlist' && playlists.get(id)
    if (playlist)
      return [{ kind: 'playlist', item: playlist, ...details(field('name', playlist.name, namedBy.playlist)) }]
    const genre = kind === 'genre' && genres.get(id)
    return genre ? [{ kind: 'genre', item: genre, ...details(field('name', genre.name, namedBy.genre)) }] : []
  })
}

/** @property searchedBy the fields of a query that search this field of a hit. */
type FieldText = { name: HitField; text: string; searchedBy: readonly TextField[] }
const field = (name: HitField, text: string, searchedBy: readonly TextField[]): FieldText => ({
  name,
  text,
  searchedBy,
})

function detailsOf(hit: Hit, context: HitContext, texts: FieldText[]) {
  const matches = texts.flatMap(({ name, text, searchedBy }) =>
    context.match(text, searchedBy).map((match) => ({ field: name, ...match })),
  )
  const highlights = matches.map(({ field, start, end }) => ({ field, start, end }))
  return { highlights, ...(context.explain && { explanation: explanationOf(hit, matches, context) }) }
}

function explanationOf(
  { tier, score }: Hit,
  matches: (Match & { field: HitField })[],
  { text, corrected, sort }: HitContext,
): Explanation {
  const typed = new Map([...corrected].map(([word, meant]) => [meant, word]))
  return {
    tier: sort === 'relevance' ? (tiers[tier] ?? null) : null,
    score: { tier: sort === 'relevance' ? tiers.length - 1 - tier : 0, popularity: score },
    words: matches.map(({ word, field, way }) => {
      const wrong = typed.get(word.text)
      const written = text.slice(word.start, word.end)
      return wrong === undefined
        ? { word: written, meant: null, field, way }
        : { word: wrong, meant: word.text, field, way }
    }),
  }
}
