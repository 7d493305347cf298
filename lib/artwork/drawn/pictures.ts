import { type CoverSubject, markOf } from '@/lib/catalogue/artwork/drawing'
import { coverSvg } from './svg'

/** Generated covers as PNG, for link previews: few programs draw SVG there. */

/** The length of the queue: two seconds' work. */
const MAX_WAITING = 50

export type DrawnPictures = {
  /**
   * The cover of an album as a PNG of 600 × 600 pixels.
   * @param mark as in its address. @returns null if the album doesn't exist or its drawing has changed; "busy" if the queue
   *   is full.
   */
  draw: (albumId: number, mark: string) => Promise<Buffer | 'busy' | null>
}

async function toPng(subject: CoverSubject): Promise<Buffer> {
  // Loaded on first use: most sites never draw one.
  const { default: sharp } = await import('sharp')
  return sharp(Buffer.from(coverSvg(subject)))
    .png({ palette: true, effort: 4 })
    .toBuffer()
}

/** Draws one at a time, so that requests for all previews use at most one processor. */
export function drawnPictures(
  findTitle: (albumId: number) => Promise<string | null>,
  render: (subject: CoverSubject) => Promise<Buffer> = toPng,
): DrawnPictures {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return {
    draw: async (id, mark) => {
      if (waiting >= MAX_WAITING) return 'busy'
      waiting++
      try {
        const title = await findTitle(id)
        if (title === null || markOf({ id, title }) !== mark) return null
        const picture = last.then(() => render({ id, title }))
        last = picture.catch(() => {})
        return await picture
      } finally {
        waiting--
      }
    },
  }
}
