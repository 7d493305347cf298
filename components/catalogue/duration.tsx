import { clock } from '@/components/ui/text'

/** A length, or a dash where it isn't known. */
export const Duration = ({ ms }: { ms: number | null }) =>
  ms === null ? (
    <>
      <span aria-hidden="true">–</span>
      <span className="aside">not known</span>
    </>
  ) : (
    clock(ms)
  )
