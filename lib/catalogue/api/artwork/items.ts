import { z } from 'zod'
import type { AlbumRecord } from '@/lib/catalogue/api/albums/queries'
import type { Artwork } from '@/lib/catalogue/api/resources'
import { artworkPath, extentAt, FORMATS, formats, sizesOf } from '@/lib/catalogue/artwork/variants'

const Colours = z.array(z.object({ hex: z.string(), share: z.number() }))

/** A cover, with addresses at which everybody sees it. @param origin where the site is for the client. */
export function toArtwork(
  { source, fetchedAt, artwork }: NonNullable<AlbumRecord['artwork']>,
  origin: string,
): Artwork {
  const { hash, width, height, thumbHash, colours } = artwork
  return {
    hash,
    width,
    height,
    thumbHash: Buffer.from(thumbHash).toString('base64'),
    colours: Colours.parse(colours),
    variants: sizesOf(artwork).flatMap((size) =>
      formats.map((format) => ({
        url: origin + artworkPath(hash, size, format),
        type: FORMATS[format],
        ...extentAt(size, artwork),
      })),
    ),
    source,
    fetchedAt: fetchedAt.toISOString(),
  }
}
