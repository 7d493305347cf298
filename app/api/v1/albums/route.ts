import { albums } from '@/lib/catalogue/api/albums/endpoints'

export const GET = albums
