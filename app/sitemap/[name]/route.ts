import { sitemapFile } from '@/lib/sitemap/responses'

export const dynamic = 'force-dynamic'

export const GET = async (request: Request, { params }: { params: Promise<{ name: string }> }) =>
  sitemapFile(request, (await params).name)
