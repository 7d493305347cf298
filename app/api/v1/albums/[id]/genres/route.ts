import { albumGenres } from '@/lib/catalogue/albums/operations'

export const GET = albumGenres
