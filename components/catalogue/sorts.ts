import type { PageSort } from '@/lib/catalogue/lists/sorts'

/** The labels of sorts. */
export const sortNames: Record<PageSort<'artists' | 'albums' | 'songs'>, string> = {
  name: 'Name',
  title: 'Title',
  newest: 'Newest',
  popular: 'Most popular',
  longest: 'Longest',
}
