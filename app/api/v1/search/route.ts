import { search } from '@/lib/search/api/endpoints'

export const GET = search
