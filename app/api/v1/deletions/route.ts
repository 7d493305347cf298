import { deletions } from '@/lib/catalogue/api/deletions/endpoints'

export const GET = deletions
