import { songCredits } from '@/lib/catalogue/api/songs/endpoints'

export const GET = songCredits
