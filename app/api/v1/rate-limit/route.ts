import { rateLimit } from '@/lib/api/standing'

export const GET = rateLimit
