import { z } from 'zod'
import { entityKinds } from '@/lib/catalogue/kinds'
import { contract } from '@/lib/http/api/contract'
import { oneWay, paging } from '@/lib/http/api/paging'
import { choices, moment } from '@/lib/http/api/parameters'
import { named } from '@/lib/http/api/schema-names'
import { growing, Href, Id, listOf, Moment } from '@/lib/http/api/shapes'
import { KEPT_DAYS } from './retention'

const Deletion = z
  .object({
    kind: growing(entityKinds).meta({ description: 'What was deleted.' }),
    id: Id.meta({ description: 'The id that it had.' }),
    deletedAt: Moment.meta({ description: 'When it was deleted or merged, RFC 3339.' }),
    mergedInto: z
      .object({ id: Id, href: Href })
      .nullable()
      .meta({ description: 'What it was merged into; null where it was deleted.' }),
  })
  .meta({ description: 'An artist, album, song or playlist that was deleted or merged into another.' })
  .register(named, { id: 'Deletion' })
export type Deletion = z.input<typeof Deletion>

export const listDeletions = contract({
  id: 'listDeletions',
  section: 'Catalogue',
  path: '/deletions',
  summary: 'List deletions and merges',
  description: `In the order in which they happened. They are kept for ${KEPT_DAYS} days.`,
  params: z.strictObject({}),
  query: oneWay(
    z.strictObject({
      updatedSince: moment()
        .optional()
        .meta({
          description: `Deleted or merged then or later, RFC 3339; at most ${KEPT_DAYS} days ago. An earlier moment is refused, because deletions would be missing: read the catalogue anew instead.`,
        }),
      kind: choices(entityKinds).optional().meta({ description: 'Kinds of thing, any of them.' }),
      ...paging,
    }),
  ),
  answer: listOf(Deletion).register(named, { id: 'DeletionList' }),
  line: Deletion,
  madeOf: ['artists', 'albums', 'songs', 'playlists'],
  example: { query: { limit: '3' } },
})
