import { Cover } from '@/components/artwork/cover'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { DetailHead } from '@/components/ui/detail-head'
import { clock, date, facts } from '@/components/ui/text'
import { drawingOf } from '@/lib/catalogue/artwork/drawing'
import type { SongView } from '@/lib/catalogue/views'
import { CreditLine } from './credit'
import styles from './head.module.css'
import { songCreditsPath } from './paths'

export const SongHead = ({ song }: { song: SongView }) => {
  const shown = song.appearances.rows.find(({ album }) => album.id === song.album?.id) ?? song.appearances.rows[0]
  const pictured = song.album ?? song
  return (
    <DetailHead
      palette={drawingOf(pictured).palette}
      colour={song.album?.cover?.colour}
      picture={<Cover of={pictured} place="head" load="first" />}
      above={<Breadcrumbs crumbs={[{ name: 'Songs', path: '/songs' }]} />}
      kind={facts('Song', song.disambiguation)}
      title={song.title}
    >
      <p className={styles.credit} dir="auto">
        <CreditLine credits={song.credits} total={song.creditCount} rest={songCreditsPath(song)} />
      </p>
      <p>{facts(shown && date(shown.album.date), song.durationMs !== null && clock(song.durationMs))}</p>
    </DetailHead>
  )
}
