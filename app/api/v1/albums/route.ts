import { albums } from '@/lib/catalogue/albums/operations'

export const GET = albums
