import { z } from 'zod'
import type { AlbumRecord } from '@/lib/catalogue/albums/records'
import { isStale } from '@/lib/catalogue/enrichment/resource'
import type { Artwork } from '@/lib/catalogue/resources'
import { artworkPath, FORMATS, formats, pictureSizeAt, sizesOf } from './variants'

const Colours = z.array(z.object({ hex: z.string(), share: z.number() }))

type WithArtwork = Pick<AlbumRecord, 'artwork' | 'enrichments'>

/**
 * The cover of an album with its public addresses; null if it has none.
 * @param origin the site's origin as the client sees it.
 */
export function toArtwork(
  { artwork: cover, enrichments }: WithArtwork,
  origin: string,
  now = new Date(),
): Artwork | null {
  if (!cover) return null
  const { source, fetchedAt, artwork } = cover
  const enrichment = enrichments.find((each) => each.source === source)
  const { hash, width, height, thumbHash } = artwork
  const colors = Colours.parse(artwork.colours)
  return {
    hash,
    width,
    height,
    thumbHash: Buffer.from(thumbHash).toString('base64'),
    colors,
    colours: colors,
    variants: sizesOf(artwork).flatMap((size) =>
      formats.map((format) => ({
        url: origin + artworkPath(hash, size, format),
        type: FORMATS[format],
        ...pictureSizeAt(size, artwork),
      })),
    ),
    source,
    fetchedAt: fetchedAt.toISOString(),
    // An operator's picture never expires.
    freshUntil: enrichment?.freshUntil?.toISOString() ?? null,
    stale: enrichment !== undefined && isStale(enrichment, now),
  }
}
