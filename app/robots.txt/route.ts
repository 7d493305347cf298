import { robots } from '@/lib/sitemap/responses'

// SYRO_URL may differ from where the site was built.
export const dynamic = 'force-dynamic'

export const GET = robots
