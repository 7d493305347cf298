import { z } from 'zod'
import { contract } from '@/lib/http/api/contract'
import { endpoint } from '@/lib/http/api/endpoint'
import { named } from '@/lib/http/api/schema-names'
import { Moment } from '@/lib/http/api/shapes'
import { accountOf, callerOf } from '@/lib/http/gate/caller'
import { peek } from '@/lib/http/limits/limits'

/** Where the caller stands. Asking costs nothing, and the answer is for nobody else. */

const RateLimit = z
  .object({
    policy: z
      .string()
      .meta({ description: 'Which limit counts: of keys, or of addresses without one.', examples: ['anonymous'] }),
    limit: z.int().min(0).meta({ description: 'Requests in a window.' }),
    remaining: z.int().min(0).meta({ description: 'Requests that are left of it.' }),
    resetAt: Moment.meta({ description: 'When the window ends, RFC 3339.' }),
    windowSeconds: z.int().min(1).meta({ description: 'How long a window is.' }),
  })
  .meta({ description: 'What is left of the caller’s limit.' })
  .register(named, { id: 'RateLimit' })

export const getRateLimit = contract({
  id: 'getRateLimit',
  section: 'Catalogue',
  path: '/rate-limit',
  summary: 'Get what is left of your limit',
  description: 'Asking costs nothing.',
  params: z.strictObject({}),
  query: z.strictObject({}),
  answer: RateLimit,
  madeOf: [],
  isPersonal: true,
  example: {},
})

export const rateLimit = endpoint(getRateLimit, {
  read: async ({ request }) => {
    const { policy, remaining, resetAt } = await peek(...accountOf(callerOf(request)))
    return {
      policy: policy.name,
      limit: policy.quota,
      remaining,
      resetAt: new Date(resetAt).toISOString(),
      windowSeconds: policy.windowSeconds,
    }
  },
})
