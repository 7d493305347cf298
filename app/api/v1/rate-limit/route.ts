import { rateLimit } from '@/lib/api/rate-limit'

export const GET = rateLimit
