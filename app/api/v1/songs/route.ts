import { songs } from '@/lib/catalogue/api/songs/endpoints'

export const GET = songs
