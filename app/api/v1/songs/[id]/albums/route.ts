import { songAlbums } from '@/lib/catalogue/api/songs/endpoints'

export const GET = songAlbums
