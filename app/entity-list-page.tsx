import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { findByRef, orNotFound, pageOf, type RefEntity } from '@/app/address'
import { JsonLd } from '@/app/json-ld'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { type ListAddress, pageAddress } from '@/components/ui/list/address'
import { Pagination } from '@/components/ui/list/pagination'
import { PageHead } from '@/components/ui/page-head'
import wrap from '@/components/ui/wrap.module.css'
import type { Moved, Page } from '@/lib/catalogue/views'
import type { Crumb } from '@/lib/http/json-ld'

/** Reads an entity and a page of its list. An empty list has no page. */
export async function loadEntityList<Head extends RefEntity, Row>(
  ref: string,
  pageText: string,
  getHead: (id: number) => Promise<Head | Moved | null>,
  pathOf: (head: Head) => string,
  read: (head: Head, page: number) => Promise<Page<Row> | null>,
) {
  const page = pageOf(pageText)
  const head = await findByRef<Head>(ref, getHead, (right) => pageAddress({ path: pathOf(right) }, page))
  const list = orNotFound(await read(head, page))
  if (list.total === 0) notFound()
  return { head, list, of: { path: pathOf(head) } }
}

type Props = {
  title: string
  /** The number of rows, as text. */
  note: string
  /** The pages above it. */
  crumbs: Crumb[]
  of: ListAddress
  page: number
  pages: number
  /** The rows of this page. */
  children: ReactNode
}

/** A page of a list that belongs to an entity: the songs of an artist, the albums of a song. */
export const EntityListPage = ({ title, note, crumbs, of, page, pages, children }: Props) => (
  <div className={wrap.wrap}>
    <PageHead title={title} note={note} above={<Breadcrumbs crumbs={crumbs} />} />
    {children}
    <Pagination page={page} pages={pages} of={of} />
    <JsonLd crumbs={[...crumbs, { name: title, path: of.path }]} />
  </div>
)
