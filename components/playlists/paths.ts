import { refOf } from '@/lib/catalogue/slug'

export const playlistPath = (playlist: { id: number; name: string }): string => `/playlists/${refOf(playlist)}`
