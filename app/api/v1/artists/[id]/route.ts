import { artist } from '@/lib/catalogue/artists/operations'

export const GET = artist
