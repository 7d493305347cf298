import { suggest } from '@/lib/search/operations'

export const GET = suggest
