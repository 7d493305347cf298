import { songAlbums } from '@/lib/catalogue/songs/operations'

export const GET = songAlbums
