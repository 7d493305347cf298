import { findAlbumRecord } from '@/lib/catalogue/albums/records'
import { toArtwork } from '@/lib/catalogue/artwork/resource'
import { RequestFault } from '@/lib/http/api/fault'
import { movedTo, writeEndpoint } from '@/lib/http/api/write'
import { addPicture } from './add-picture'
import { deleteAlbumArtwork, etagOf, putAlbumArtwork } from './contract'
import { ACCEPTED_TYPES, mediaTypeOf } from './media-type'
import { OPERATOR, removeCover, setCovers } from './write'

/** Lock timeout of a request while an import is being written. */
const WAIT_MS = 10_000

const checkHash = (check: (etag: string | null) => void) => (hash: string | null) =>
  check(hash === null ? null : etagOf({ hash }))

export const albumArtwork = writeEndpoint(putAlbumArtwork, async ({ params: { id }, origin, body, check, left }) => {
  const album = await findAlbumRecord({ id })
  if (album === null) return null
  if (typeof album === 'number') return movedTo(album, putAlbumArtwork, id, origin)
  if (body.length > 0 && mediaTypeOf(body) === null)
    throw new RequestFault(
      'unsupported-media-type',
      `This address takes ${ACCEPTED_TYPES.join(', ')}; the body has another type.`,
    )
  // A first check before the picture is decoded; the transaction repeats it.
  check(album.artwork && etagOf(album.artwork.artwork))
  const added = await addPicture(body, { signal: left })
  if ('refused' in added) {
    const errors = [{ in: 'body', field: '', message: added.refused }] as const
    throw new RequestFault('unprocessable-content', `The picture can’t be used. ${added.refused}`, [...errors])
  }
  const covers = [{ albumId: id, hash: added.hash, source: OPERATOR, fetchedAt: new Date() }]
  await setCovers(covers, { waitMs: WAIT_MS, check: checkHash(check) })
  const now = await findAlbumRecord({ id })
  return now !== null && typeof now !== 'number' ? toArtwork(now, origin) : null
})

export const noAlbumArtwork = writeEndpoint(deleteAlbumArtwork, async ({ params: { id }, origin, check }) => {
  const album = await findAlbumRecord({ id })
  if (typeof album === 'number') return movedTo(album, deleteAlbumArtwork, id, origin)
  return album !== null && (await removeCover(id, { waitMs: WAIT_MS, check: checkHash(check) })) ? 'done' : null
})
