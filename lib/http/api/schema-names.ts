import { z } from 'zod'

/**
 * Schemas that have a name in the API's document. Not zod's global registry: that one is shared by all copies of a
 * module that Next.js makes (one for pages, one for routes), whose schemas of one name it takes for different ones.
 */
export const named = z.registry<{ id: string }>()
