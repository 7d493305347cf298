/** Response headers that pages of other sites may read, besides the safelisted ones (Fetch, 3.3.4). */
const EXPOSED = [
  'Allow',
  'Deprecation',
  'ETag',
  'Link',
  'Location',
  'Retry-After',
  'WWW-Authenticate',
  'RateLimit',
  'RateLimit-Policy',
  'Sunset',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'X-Request-Id',
].join(', ')

/** Request headers that they may send. */
const ALLOWED = 'Authorization, If-None-Match, If-Match, Content-Type'

/** Seconds for which browsers may cache a preflight: the maximum that any of them uses. */
const REMEMBERED = 86_400

const READS = ['GET', 'HEAD']

/**
 * Sent with every response of the API, errors included. Pages of any site may read them: a key, never a cookie,
 * identifies the caller, so a page can read nothing that its own server could not. Browsers send no writes from other
 * sites, because the preflight allows reads only.
 */
export const corsHeaders: Record<string, string> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': EXPOSED,
}

/** The response headers of a preflight. */
export const preflightHeaders: Record<string, string> = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': READS.join(', '),
  'access-control-allow-headers': ALLOWED,
  'access-control-max-age': `${REMEMBERED}`,
}
