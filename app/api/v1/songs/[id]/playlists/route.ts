import { songPlaylists } from '@/lib/playlists/operations'

export const GET = songPlaylists
