import { album } from '@/lib/catalogue/api/albums/endpoints'

export const GET = album
