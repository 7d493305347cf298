import { playlist } from '@/lib/playlists/api/endpoints'

export const GET = playlist
