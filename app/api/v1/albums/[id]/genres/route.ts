import { albumGenres } from '@/lib/catalogue/api/albums/endpoints'

export const GET = albumGenres
