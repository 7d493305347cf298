import { clock, wholeSpan } from '@/components/ui/text'
import type { AlbumRow } from '@/lib/catalogue/views'

/** A length, or a dash if it is unknown. */
export const Duration = ({ ms }: { ms: number | null }) =>
  ms === null ? (
    <>
      <span aria-hidden="true">–</span>
      <span className="aside">unknown</span>
    </>
  ) : (
    clock(ms)
  )

/** The length of an album, as far as it is known. */
export const albumSpan = ({ durationMs, timedCount, trackCount }: AlbumRow): string =>
  wholeSpan({ ms: durationMs, known: timedCount, all: trackCount })
