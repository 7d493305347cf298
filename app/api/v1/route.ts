import { root } from '@/lib/api/root'

export const GET = root
