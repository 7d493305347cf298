import { judgeScripts } from '@/lib/next/inline-scripts'
import { printable } from '@/lib/observability/printable'

/** The headers that keep a page from doing what it was not written to do. */

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

/** For every response; a response other than a page may do nothing at all. */
export const baseHeaders: Record<string, string> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
}

export type PageHeaders = (html: string) => Record<string, string>

/**
 * For a page: the site's own inline scripts may run, and no others.
 * @param known scripts that may run in every page.
 * @param say told of a script that is blocked, in a line.
 */
export const createPageHeaders =
  (known: ReadonlySet<string>, say: (line: string) => void): PageHeaders =>
  (html) => {
    const { allowed, blocked } = judgeScripts(html, known)
    for (const text of blocked)
      say(
        `A page has an inline script that is not part of the site. Browsers block it: ${printable(text.slice(0, 80))}`,
      )
    return { 'content-security-policy': policy(allowed) }
  }

/** Two years, as the preload list requires; sent only if TLS is in front. */
export const strictTransportSecurity = 'max-age=63072000; includeSubDomains'
