import { deletions } from '@/lib/catalogue/deletions/operations'

export const GET = deletions
