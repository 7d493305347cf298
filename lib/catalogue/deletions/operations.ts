import { listEndpoint } from '@/lib/catalogue/lists/endpoints'
import { idsOf } from '@/lib/catalogue/lists/list'
import { pathOf } from '@/lib/http/api/address'
import { RequestFault } from '@/lib/http/api/fault'
import { type Deletion, KEPT_DAYS, listDeletions } from './contract'
import { type DeletionRecord, deletionList, findDeletions } from './records'

/** The route of deletions. */

const DAY_MS = 86_400_000

/** @throws RequestFault if deletions since then may be gone. */
function refuseTooEarly(updatedSince: string | undefined, now = Date.now()): void {
  if (updatedSince === undefined || Date.parse(updatedSince) >= now - KEPT_DAYS * DAY_MS) return
  const message = `must be within the last ${KEPT_DAYS} days: older deletions are not kept. Read the whole catalogue again`
  throw new RequestFault('invalid-parameter', `updatedSince ${message}.`, [
    { in: 'query', field: 'updatedSince', message },
  ])
}

const toDeletion = ({ kind, id, deletedAt, mergedInto }: DeletionRecord, origin: string): Deletion => ({
  kind,
  id,
  deletedAt: deletedAt.toISOString(),
  mergedInto:
    mergedInto === null ? null : { id: mergedInto, href: origin + pathOf(`/${kind}s/{id}`, { id: mergedInto }) },
})

export const deletions = listEndpoint(listDeletions, {
  list: ({ query }) => {
    refuseTooEarly(query.updatedSince)
    return deletionList(query)
  },
  read: async (rows, { origin }) => (await findDeletions(idsOf(rows))).map((deletion) => toDeletion(deletion, origin)),
})
