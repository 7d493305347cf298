import { album } from '@/lib/catalogue/albums/operations'

export const GET = album
