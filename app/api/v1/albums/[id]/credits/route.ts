import { albumCredits } from '@/lib/catalogue/api/albums/endpoints'

export const GET = albumCredits
