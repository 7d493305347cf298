import { songs } from '@/lib/catalogue/songs/operations'

export const GET = songs
