import { artists } from '@/lib/catalogue/artists/operations'

export const GET = artists
