import { songPlaylists } from '@/lib/playlists/api/endpoints'

export const GET = songPlaylists
