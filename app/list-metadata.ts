import type { Metadata } from 'next'
import { type ListAddress, pageAddress } from '@/components/ui/list/address'
import { capitalised, count, number } from '@/components/ui/text'
import { pageMetadata } from '@/lib/http/metadata'

type ListDescription = Parameters<typeof pageMetadata>[0]

/**
 * The metadata of a page of a list. Every page is its own canonical address. Search engines index only the default
 * order: the others list the same items again.
 */
export function listMetadata({
  title,
  description,
  type,
  image,
  of,
  page,
  pages,
}: Omit<ListDescription, 'path'> & { of: ListAddress; page: number; pages: number }): Metadata {
  const place = `page ${number(page)} of ${number(pages)}`
  return {
    ...pageMetadata({
      title: page > 1 ? `${title}, ${place}` : title,
      description: page > 1 ? `${description} ${capitalised(place)}.` : description,
      path: pageAddress(of, page),
      type,
      image,
    }),
    ...(of.sort && { robots: { index: false, follow: true } }),
  }
}

/** Describes a list by the orders that it offers. */
export const browse = (total: number, noun: string, sorts: readonly string[]): string =>
  total === 0
    ? `No ${noun}s yet.`
    : `Browse ${count(total, noun)} by ${sorts.includes('title') ? 'title' : 'name'}${sorts.includes('popular') ? ', newest or best known' : ' or newest'}.`
