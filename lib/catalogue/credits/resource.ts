import type { z } from 'zod'
import { embedRows } from '@/lib/catalogue/lists/embedded'
import type { Credit } from '@/lib/catalogue/resource-parts'
import { pathOf } from '@/lib/http/api/address'
import { type Credited, type CreditRecord, findFirstCredits } from './records'

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

/** Embeds credits. @param path of their list. */
export const embeddedCredits = (of: Credited, path: string) => embedRows(path, findFirstCredits(of), toCredit)
