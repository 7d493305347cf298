import { songArtists } from '@/lib/catalogue/api/songs/endpoints'

export const GET = songArtists
