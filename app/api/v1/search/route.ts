import { search } from '@/lib/search/operations'

export const GET = search
