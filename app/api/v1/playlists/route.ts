import { playlists } from '@/lib/playlists/operations'

export const GET = playlists
