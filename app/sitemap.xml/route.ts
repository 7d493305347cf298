import { orUnavailable } from '@/lib/http/unavailable-response'
import { sitemapIndex } from '@/lib/sitemap/responses'

export const dynamic = 'force-dynamic'

export const GET = (request: Request) => orUnavailable(() => sitemapIndex(request))
