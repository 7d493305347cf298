import { document } from '@/lib/api/document'

export const GET = document
