import type { Metadata } from 'next'
import { pageMetadata } from '@/lib/http/metadata'

/** The metadata of an account page, which search engines must not index. */
export const accountMetadata = (page: { title: string; description: string; path: string }): Metadata => ({
  ...pageMetadata(page),
  robots: { index: false, follow: false },
})
