import { playlists } from '@/lib/playlists/api/endpoints'

export const GET = playlists
