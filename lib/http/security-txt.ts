import { PAGE_SECONDS } from '@/lib/cache/page-seconds'

/** How to report a vulnerability of this site (RFC 9116). */

/** RFC 9116, 2.5.5 recommends less than a year: by then the contact may have changed. */
const GOOD_FOR_DAYS = 180
const DAY_MS = 24 * 60 * 60 * 1000

type Options = {
  /** An e-mail address or an https:// address; only an operator knows the contact. */
  contact: string | undefined
  /** The public origin of the site, if its operator has set it. */
  origin: string | undefined
}

/** Answers /.well-known/security.txt: a 404 without a contact. @param now in milliseconds since the epoch. */
export function securityTxt({ contact, origin }: Options, now: number): Response {
  if (contact === undefined) return new Response('Not found\n', { status: 404 })
  const expires = new Date(Math.ceil(now / DAY_MS + GOOD_FOR_DAYS) * DAY_MS)
  const lines = [
    `Contact: ${contact.startsWith('https://') ? contact : `mailto:${contact}`}`,
    `Expires: ${expires.toISOString()}`,
    'Preferred-Languages: en',
    ...(origin ? [`Canonical: ${origin}/.well-known/security.txt`] : []),
  ]
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': `public, s-maxage=${PAGE_SECONDS}, max-age=${PAGE_SECONDS}`,
  }
  return new Response(`${lines.join('\n')}\n`, { headers })
}
