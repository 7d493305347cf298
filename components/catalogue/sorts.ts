import type { AlbumSort, ArtistSort, SongSort } from '@/lib/catalogue/lists/sorts'

/** What the orders of lists are called. */
export const sortNames: Record<ArtistSort | AlbumSort | SongSort, string> = {
  name: 'Name',
  title: 'Title',
  newest: 'Newest',
  popular: 'Most popular',
  longest: 'Longest',
}
