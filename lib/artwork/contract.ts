import { z } from 'zod'
import { Artwork } from '@/lib/catalogue/resources'
import { writeContract } from '@/lib/http/api/contract'
import { id } from '@/lib/http/api/parameters'
import { MAX_PICTURE_BYTES } from '@/lib/http/body-limit'
import { ACCEPTED_TYPES } from './media-type'

const COVER_ETAG = 'The entity tag of a cover is its `hash` in double quotes.'

export const etagOf = ({ hash }: { hash: string }): string => `"${hash}"`

const params = z.strictObject({ id: id().meta({ description: 'The id of an album.' }) })
const common = { section: 'Albums', path: '/albums/{id}/artwork', params, moves: true, etag: COVER_ETAG } as const
const example = { params: { id: '1' } }

export const putAlbumArtwork = writeContract({
  ...common,
  id: 'putAlbumArtwork',
  method: 'PUT',
  summary: 'Set the cover of an album',
  description:
    'For operators. The body is the picture itself. It replaces the current cover, and covers fetched later don’t replace it. A picture that can’t be used changes nothing.',
  maxBody: MAX_PICTURE_BYTES,
  body: {
    types: ACCEPTED_TYPES,
    description:
      'A picture of at most 20 MiB and 50 million pixels that can be decoded with 256 MiB of memory and 10 s of CPU time. Formats that are decoded as a whole reach the memory limit with fewer pixels: GIF and progressive JPEG at about 20 million, interlaced PNG at 10 million, AVIF at 6 million (2,500 × 2,500). The type is detected from the first bytes.',
  },
  answer: Artwork,
  etagOf,
  example,
})

export const deleteAlbumArtwork = writeContract({
  ...common,
  id: 'deleteAlbumArtwork',
  method: 'DELETE',
  summary: 'Delete the cover of an album',
  description: 'For operators. Deletes the cover of any source. A cover may be fetched again later.',
  answer: null,
  example,
})
