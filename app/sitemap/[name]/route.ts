import { orUnavailable } from '@/lib/http/unavailable-response'
import { sitemapFile } from '@/lib/sitemap/responses'

export const dynamic = 'force-dynamic'

export const GET = (request: Request, { params }: { params: Promise<{ name: string }> }) =>
  orUnavailable(async () => sitemapFile(request, (await params).name))
