import { song } from '@/lib/catalogue/songs/operations'

export const GET = song
