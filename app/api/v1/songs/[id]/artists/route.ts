import { songArtists } from '@/lib/catalogue/songs/operations'

export const GET = songArtists
