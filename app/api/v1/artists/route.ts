import { artists } from '@/lib/catalogue/api/artists/endpoints'

export const GET = artists
