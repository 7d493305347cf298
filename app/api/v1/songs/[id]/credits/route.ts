import { songCredits } from '@/lib/catalogue/songs/operations'

export const GET = songCredits
