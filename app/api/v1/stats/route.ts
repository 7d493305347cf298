import { stats } from '@/lib/catalogue/api/stats/endpoints'

export const GET = stats
