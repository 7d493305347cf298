import { songGenres } from '@/lib/catalogue/songs/operations'

export const GET = songGenres
