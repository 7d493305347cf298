import type { IncomingMessage } from 'node:http'
import { siteOrigin } from './site-url'

/** What a form asks for that another site must not ask for on somebody's behalf. */
const SAFE = new Set(['GET', 'HEAD'])

/**
 * Whether a request that may change something was made by a page of this site: browsers say in `Origin`, and the newer
 * ones in `Sec-Fetch-Site`, whose page made it, and pages can't say otherwise. One that doesn't say was made by no browser.
 */
export function isOfThisSite({ method = 'GET', headers }: Pick<IncomingMessage, 'method' | 'headers'>): boolean {
  if (SAFE.has(method)) return true
  const fetchSite = headers['sec-fetch-site']
  if (fetchSite !== undefined && fetchSite !== 'same-origin') return false
  const { origin, host } = headers
  if (origin === undefined || !URL.canParse(origin)) return false
  return origin === siteOrigin || new URL(origin).host === host?.toLowerCase()
}
