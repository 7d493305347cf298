import type { MusicPlaylist, MusicRecordingLeaf, WithContext } from 'schema-dts'
import { refOf } from '@/lib/catalogue/slug'
import { credits, recordingNode } from '@/lib/catalogue/structured-data'
import type { PlaylistItemView, PlaylistView } from './views'

/** Structured data about a playlist, with one page of its items. */
export function playlistJsonLd(playlist: PlaylistView, origin: string): WithContext<MusicPlaylist> {
  const url = new URL(`/playlists/${refOf(playlist)}`, origin).href
  return {
    '@context': 'https://schema.org',
    '@type': 'MusicPlaylist',
    '@id': url,
    url,
    name: playlist.name,
    description: playlist.description || undefined,
    numTracks: playlist.itemCount,
    track: {
      '@type': 'ItemList',
      numberOfItems: playlist.itemCount,
      itemListElement: playlist.items.rows.map((item) => ({
        '@type': 'ListItem',
        position: item.position,
        item: recording(item, origin),
      })),
    },
  }
}

function recording(item: PlaylistItemView, origin: string): MusicRecordingLeaf {
  if (item.song) return { ...recordingNode(item.song, origin), ...credits(item.song.credits, origin) }
  return {
    '@type': 'MusicRecording',
    name: item.title,
    byArtist: item.artist ? { '@type': 'MusicGroup', name: item.artist } : undefined,
    inAlbum: item.album ? { '@type': 'MusicAlbum', name: item.album } : undefined,
  }
}
