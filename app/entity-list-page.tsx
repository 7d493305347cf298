import type { ReactNode } from 'react'
import { JsonLd } from '@/app/json-ld'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import type { ListAddress } from '@/components/ui/list/address'
import { Pagination } from '@/components/ui/list/pagination'
import { PageHead } from '@/components/ui/page-head'
import wrap from '@/components/ui/wrap.module.css'
import type { Crumb } from '@/lib/http/json-ld'

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
