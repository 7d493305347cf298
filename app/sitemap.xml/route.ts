import { sitemapIndex } from '@/lib/sitemap/responses'

export const dynamic = 'force-dynamic'

export const GET = sitemapIndex
