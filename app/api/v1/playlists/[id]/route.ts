import { playlist } from '@/lib/playlists/operations'

export const GET = playlist
