import { playlistItems } from '@/lib/playlists/operations'

export const GET = playlistItems
