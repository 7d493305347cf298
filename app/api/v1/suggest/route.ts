import { suggest } from '@/lib/search/api/endpoints'

export const GET = suggest
