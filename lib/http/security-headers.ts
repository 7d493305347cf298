import { createHash } from 'node:crypto'

/**
 * The headers that keep a page from doing what it was not written to do. Pages are cached whole, so no nonce can be
 * used: an inline script is allowed by the hash of its text, worked out once when the page is stored.
 */

/** A classic or module script without `src`: what runs, and so must be named. Data blocks such as JSON-LD do not run. */
const INLINE_SCRIPT = /<script\b([^>]*)>([\s\S]*?)<\/script[^>]*>/gi
const HAS_SOURCE = /\ssrc\s*=/i
const TYPE = /\stype\s*=\s*["']?([^"'\s>]*)/i
const EXECUTABLE = new Set(['', 'module', 'text/javascript', 'application/javascript'])

/** The hashes of a page's inline scripts as source expressions, each once. */
export function inlineScriptHashes(html: string): string[] {
  const hashes = new Set<string>()
  for (const [, attributes = '', text = ''] of html.matchAll(INLINE_SCRIPT)) {
    const type = TYPE.exec(attributes)?.[1]?.toLowerCase() ?? ''
    if (HAS_SOURCE.test(attributes) || !EXECUTABLE.has(type)) continue
    hashes.add(`'sha256-${createHash('sha256').update(text).digest('base64')}'`)
  }
  return [...hashes]
}

const policy = (scripts: string[]): string =>
  [
    "default-src 'self'",
    ["script-src 'self'", ...scripts].join(' '),
    "script-src-attr 'none'",
    // Covers are coloured by style attributes; no element's text is ever style.
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')

/** For every response; what isn't a page may do nothing at all. */
export const baseHeaders: Record<string, string> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
}

/** For a page: its inline scripts may run, and no others. */
export const pageHeaders = (html: string): Record<string, string> => ({
  'content-security-policy': policy(inlineScriptHashes(html)),
})

/** Two years, as the preload list asks; only sent where TLS is in front. */
export const strictTransportSecurity = 'max-age=63072000; includeSubDomains'
