import { Cover } from '@/components/artwork/cover'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { DetailHead } from '@/components/ui/detail-head'
import { count, date, facts } from '@/components/ui/text'
import { drawingOf } from '@/lib/catalogue/artwork/drawing'
import type { AlbumView } from '@/lib/catalogue/views'
import { CreditLine } from './credit'
import { albumSpan } from './duration'
import styles from './head.module.css'
import { kindNames } from './kinds'
import { albumCreditsPath } from './paths'

export const AlbumHead = ({ album }: { album: AlbumView }) => (
  <DetailHead
    palette={drawingOf(album).palette}
    colour={album.cover?.colour}
    picture={<Cover of={album} place="head" load="first" />}
    record
    above={<Breadcrumbs crumbs={[{ name: 'Albums', path: '/albums' }]} />}
    kind={facts(kindNames[album.kind], album.disambiguation)}
    title={album.title}
  >
    <p className={styles.credit} dir="auto">
      <CreditLine credits={album.credits} total={album.creditCount} rest={albumCreditsPath(album)} />
    </p>
    <p>{albumFacts(album)}</p>
  </DetailHead>
)

/** "21 May 1997 · 2 discs · 12 songs · 53 min", "1997 · 12" vinyl · 12 songs · at least 40 min" */
export const albumFacts = (album: AlbumView): string =>
  facts(
    date(album.date),
    album.discCount > 1 ? count(album.discCount, 'disc') : album.format,
    count(album.trackCount, 'song'),
    albumSpan(album),
  )
