/** Response fields that a page of another site may read, beside those that any may (RFC: Fetch, 3.3.4). */
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

/** Request fields that it may send. */
const ALLOWED = 'Authorization, If-None-Match, If-Match, Content-Type'

/** A browser remembers what it may do for so long, in seconds: the most that any does. */
const REMEMBERED = 86_400

const READS = ['GET', 'HEAD']

/**
 * Sent with every response of the API, errors included. Pages of any site may read them: a client is told by a key that
 * the page itself sends, never by a cookie, so a page can read nothing that its own server could not. Browsers send no
 * writes from other sites, because the preflight allows reads only.
 */
export const corsHeaders: Record<string, string> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': EXPOSED,
}

/** The answer to a browser that asks what it may do. */
export const preflightHeaders: Record<string, string> = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': READS.join(', '),
  'access-control-allow-headers': ALLOWED,
  'access-control-max-age': `${REMEMBERED}`,
}
