import { z } from 'zod'
import { Artwork } from '@/lib/catalogue/resources'
import { id } from '@/lib/http/api/parameters'
import { writeContract } from '@/lib/http/api/write'
import { MAX_PICTURE_BYTES } from '@/lib/http/body-limit'
import { TAKEN_TYPES } from './type'

const COVER_ETAG = 'The entity tag of a cover is its `hash` in double quotes.'

export const etagOf = ({ hash }: { hash: string }): string => `"${hash}"`

const params = z.strictObject({ id: id().meta({ description: 'The id of an album.' }) })
const common = { section: 'Albums', path: '/albums/{id}/artwork', params, moves: true, etag: COVER_ETAG } as const
const example = { params: { id: '1' } }

export const putAlbumArtwork = writeContract({
  ...common,
  id: 'putAlbumArtwork',
  method: 'PUT',
  summary: 'Bring the cover of an album',
  description:
    'For operators. The body is the picture itself. It takes the place of the cover that the album has, and nothing that is fetched later takes its place. A picture that can’t be used changes nothing.',
  body: {
    types: TAKEN_TYPES,
    most: MAX_PICTURE_BYTES,
    description:
      'A picture of at most 20 MiB and 50 million pixels that is decoded within 256 MiB of memory and 10 s of a processor. Baseline JPEG and PNG take few; what has to be in memory as a whole is taken up to fewer pixels: GIF and progressive JPEG up to some 20 million, interlaced PNG 10 million, AVIF 6 million (2,500 × 2,500). What type it is, is told by its first bytes.',
  },
  answer: Artwork,
  etagOf,
  example,
})

export const deleteAlbumArtwork = writeContract({
  ...common,
  id: 'deleteAlbumArtwork',
  method: 'DELETE',
  summary: 'Take the cover of an album away',
  description: 'For operators. Whoever brought it; what is fetched later may take its place.',
  answer: null,
  example,
})
