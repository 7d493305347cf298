import type { z } from 'zod'
import { embedRows } from '@/lib/catalogue/lists/embedded'
import type { Credit } from '@/lib/catalogue/resource-parts'
import { pathOf } from '@/lib/http/api/address'
import { type CreditedKind, type CreditRecord, findFirstCredits } from './records'

export const toCredit = (credit: CreditRecord, origin: string): z.input<typeof Credit> => ({
  name: credit.name,
  joinPhrase: credit.joinPhrase,
  role: credit.role,
  artist: {
    id: credit.artistId,
    href: origin + pathOf('/artists/{id}', { id: credit.artistId }),
    name: credit.artistName,
  },
})

/** @param path the path of the list of credits. */
export const embeddedCredits = (kind: CreditedKind, path: string) => embedRows(path, findFirstCredits(kind), toCredit)
