import { stats } from '@/lib/catalogue/stats/operations'

export const GET = stats
