import { z } from 'zod'

/**
 * The named schemas of the OpenAPI document. Not zod's global registry: all copies of a module that Next.js makes (one
 * for pages, one for routes) share that one, and the copies' schemas of one name would conflict.
 */
export const named = z.registry<{ id: string }>()
