import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { oneOf, orNotFound } from '@/app/address'
import { EmptyCatalogue } from '@/app/empty-catalogue'
import { JsonLd } from '@/app/json-ld'
import { browse, listMetadata } from '@/app/list-metadata'
import { sortNames } from '@/components/catalogue/sorts'
import { type Letter, Letters, lettersOn } from '@/components/ui/list/letters'
import { Pagination } from '@/components/ui/list/pagination'
import { Sorts } from '@/components/ui/list/sorts'
import { PageHead } from '@/components/ui/page-head'
import { capitalised, count } from '@/components/ui/text'
import wrap from '@/components/ui/wrap.module.css'
import { sortsOf } from '@/lib/catalogue/lists/sorts'
import type { Page } from '@/lib/catalogue/views'

type Choices<Sort> = {
  path: string
  sorts: readonly Sort[]
  /** Whether sorting by popularity makes sense. */
  isRanked: boolean
}

/** Reads a page of a list in the sort of the address, or in the default one if the list does not offer that. */
export async function loadSorted<Sort extends string, Row>(
  { path, sorts: all, isRanked }: Choices<Sort>,
  sortText: string,
  read: (sort: Sort) => Promise<Page<Row> | null>,
) {
  const requestedSort = oneOf(all, sortText)
  const sorts = sortsOf(all, isRanked)
  const sort = sorts.includes(requestedSort) ? requestedSort : (sorts[0] ?? requestedSort)
  const list = orNotFound(await read(sort))
  return { sorts, sort, list, of: { path, sort: sort === sorts[0] ? undefined : sort } }
}

type Loaded = Awaited<ReturnType<typeof loadSorted<keyof typeof sortNames, unknown>>>
type Noun = 'artist' | 'album' | 'song' | 'playlist'

export const sortedListMetadata = (noun: Noun, { list, sorts, of }: Loaded): Metadata =>
  listMetadata({ ...list, title: `${capitalised(noun)}s`, description: browse(list.total, noun, sorts), of })

type Props = Loaded & {
  noun: Noun
  letters: Letter[]
  /** More ways into the list, below its letters. */
  navigation?: ReactNode
  /** The rows of this page. */
  children: ReactNode
}

/** A page of all artists, albums, songs or playlists. */
export function SortedList({ noun, letters, navigation, sorts, sort, list, of, children }: Props) {
  const title = `${capitalised(noun)}s`
  const lettered = sorts.find((each) => each === 'name' || each === 'title')
  return (
    <div className={wrap.wrap}>
      <PageHead title={title} note={list.total > 0 && count(list.total, noun)}>
        {list.total > 1 && <Sorts path={of.path} sorts={sorts} labels={sortNames} current={sort} />}
        <Letters
          name={title}
          letters={letters}
          of={{ path: of.path, sort: lettered === sorts[0] ? undefined : lettered }}
          marked={sort === lettered ? lettersOn(letters, list.page) : []}
        />
        {navigation}
      </PageHead>
      {list.total > 0 ? children : <EmptyCatalogue of={`${noun}s`} />}
      <Pagination {...list} of={of} />
      <JsonLd crumbs={[{ name: title, path: of.path }]} />
    </div>
  )
}
