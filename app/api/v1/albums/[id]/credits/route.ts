import { albumCredits } from '@/lib/catalogue/albums/operations'

export const GET = albumCredits
