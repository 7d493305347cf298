import type { Metadata } from 'next'
import { siteUrl } from './site-url'

type OpenGraphType = 'website' | 'profile' | 'music.album' | 'music.song' | 'music.playlist'

/**
 * The metadata of a page for browsers, search engines and previews.
 * @param page its title, without the site's name; a sentence; its canonical path; its Open Graph type; the path of its
 * picture.
 */
export function pageMetadata(page: {
  title: string
  description: string
  path: string
  type?: OpenGraphType
  image?: string | undefined
}): Metadata {
  const { title, description } = page
  const url = siteUrl(page.path)
  const images = page.image && { images: [siteUrl(page.image)] }
  return {
    title,
    description,
    alternates: { canonical: url },
    openGraph: { title, description, url, siteName: 'SyroMusic', type: page.type ?? 'website', ...images },
    twitter: { card: 'summary', title, description, ...images },
  }
}
