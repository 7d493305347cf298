import { expect, test } from 'vitest'
import { playlistJsonLd } from './structured-data'
import type { PlaylistView } from './views'

const playlist: PlaylistView = {
  id: 5,
  name: 'Run 5k',
  description: '',
  itemCount: 52,
  durationMs: 9_000_000,
  timedCount: 1,
  covers: [],
  items: {
    total: 52,
    page: 2,
    pages: 2,
    rows: [
      {
        position: 51,
        song: {
          id: 9,
          title: 'Snow',
          disambiguation: '',
          durationMs: 225_000,
          credits: [{ artistId: 1, artistName: 'Nova', name: 'Nova', join: '', role: 'artist' }],
          creditCount: 1,
          popularity: 0,
          album: null,
        },
      },
      { position: 52, song: null, title: 'Lost', artist: 'Somebody', album: null },
    ],
  },
}

test('a playlist has the items of its page, including those that match no song', () => {
  expect(JSON.parse(JSON.stringify(playlistJsonLd(playlist, 'https://music.example')))).toEqual({
    '@context': 'https://schema.org',
    '@type': 'MusicPlaylist',
    '@id': 'https://music.example/playlists/run-5k-5',
    url: 'https://music.example/playlists/run-5k-5',
    name: 'Run 5k',
    numTracks: 52,
    track: {
      '@type': 'ItemList',
      numberOfItems: 52,
      itemListElement: [
        {
          '@type': 'ListItem',
          position: 51,
          item: {
            '@type': 'MusicRecording',
            '@id': 'https://music.example/songs/snow-9',
            url: 'https://music.example/songs/snow-9',
            name: 'Snow',
            duration: 'PT3M45S',
            byArtist: [
              {
                '@type': 'MusicGroup',
                '@id': 'https://music.example/artists/nova-1',
                url: 'https://music.example/artists/nova-1',
                name: 'Nova',
              },
            ],
          },
        },
        {
          '@type': 'ListItem',
          position: 52,
          item: { '@type': 'MusicRecording', name: 'Lost', byArtist: { '@type': 'MusicGroup', name: 'Somebody' } },
        },
      ],
    },
  })
})
