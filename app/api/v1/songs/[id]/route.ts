import { song } from '@/lib/catalogue/api/songs/endpoints'

export const GET = song
