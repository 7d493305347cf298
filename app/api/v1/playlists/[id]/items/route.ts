import { playlistItems } from '@/lib/playlists/api/endpoints'

export const GET = playlistItems
