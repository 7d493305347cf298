import type { Metadata } from 'next'
import { pageMetadata } from '@/lib/http/metadata'

/** The metadata of a page that is for one person: no search engine has a use for it. */
export const accountMetadata = (page: { title: string; description: string; path: string }): Metadata => ({
  ...pageMetadata(page),
  robots: { index: false, follow: false },
})
