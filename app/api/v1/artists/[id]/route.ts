import { artist } from '@/lib/catalogue/api/artists/endpoints'

export const GET = artist
