import { songGenres } from '@/lib/catalogue/api/songs/endpoints'

export const GET = songGenres
