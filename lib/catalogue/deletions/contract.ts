import { z } from 'zod'
import { entityKinds } from '@/lib/catalogue/kinds'
import { listContract } from '@/lib/http/api/contract'
import { paging } from '@/lib/http/api/paging'
import { choices, moment } from '@/lib/http/api/parameters'
import { named } from '@/lib/http/api/schema-names'
import { extensibleEnum, Href, Id, Moment } from '@/lib/http/api/shapes'

/** The retention of deletions and merges. The trigger `note_deletions` removes older ones. */
export const KEPT_DAYS = 90

const Deletion = z
  .object({
    kind: extensibleEnum(entityKinds).meta({ description: 'The kind of entity.' }),
    id: Id.meta({ description: 'The id of the deleted entity.' }),
    deletedAt: Moment.meta({ description: 'The time of the deletion or merge, RFC 3339.' }),
    mergedInto: z
      .object({ id: Id, href: Href })
      .nullable()
      .meta({ description: 'The entity that it was merged into; null if it was deleted.' }),
  })
  .meta({ description: 'An artist, album, song or playlist that was deleted or merged into another.' })
  .register(named, { id: 'Deletion' })
export type Deletion = z.input<typeof Deletion>

export const listDeletions = listContract({
  id: 'listDeletions',
  section: 'Catalogue',
  path: '/deletions',
  summary: 'List deletions and merges',
  description: `In the order of events. Deletions are kept for ${KEPT_DAYS} days.`,
  params: z.strictObject({}),
  query: {
    updatedSince: moment()
      .optional()
      .meta({
        description: `Deleted or merged at this time or later, RFC 3339; at most ${KEPT_DAYS} days ago. Earlier times are an error, because older deletions are gone: read the whole catalogue again instead.`,
      }),
    kind: choices(entityKinds).optional().meta({ description: 'Kinds of entity; the entity is of one of them.' }),
    ...paging,
  },
  item: Deletion,
  dependsOn: ['artists', 'albums', 'songs', 'playlists'],
  example: { query: { limit: '3' } },
})
