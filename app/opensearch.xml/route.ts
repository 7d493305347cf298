import { openSearch } from '@/lib/search/open-search'

// SYRO_URL may differ from where the site was built.
export const dynamic = 'force-dynamic'

export const GET = openSearch
