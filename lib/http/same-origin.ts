import type { IncomingMessage } from 'node:http'
import { env } from '@/lib/env'
import { siteOrigin } from './site-url'

/** Methods that change nothing, so that other sites may use them. */
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
  if (origin === siteOrigin) return true
  // Without SYRO_URL a proxy may have put TLS in front, so that only the host can be compared.
  return !env.SYRO_URL && origin !== undefined && hostOf(origin) === host?.toLowerCase()
}

/** The host in an origin; undefined for anything but one origin. */
function hostOf(origin: string): string | undefined {
  if (!URL.canParse(origin)) return undefined
  const url = new URL(origin)
  return url.origin === origin ? url.host : undefined
}
