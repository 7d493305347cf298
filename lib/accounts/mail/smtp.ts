import { createTransport } from 'nodemailer'
import type { Mail, Paragraph } from './queue'

/** Timeout of the mail server, in ms. */
const PATIENCE_MS = 15_000

/** Sends mails to the server at `url` (smtp://, smtps://), with one connection each. */
export function smtpSender(url: string, from: string): (mail: Mail) => Promise<void> {
  const transport = createTransport(
    { url, connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS },
    // RFC 3834: prevents automatic replies.
    { from, headers: { 'Auto-Submitted': 'auto-generated' } },
  )
  return async ({ to, subject, paragraphs }) => {
    await transport.sendMail({ to, subject, text: textOf(paragraphs), html: htmlOf(paragraphs) })
  }
}

const textOf = (paragraphs: Paragraph[]): string =>
  `${paragraphs.map((each) => (typeof each === 'string' ? each : each.link)).join('\n\n')}\n`

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '')

/** Simple HTML without colours: mail programs support little, and dark themes choose their own. */
const htmlOf = (paragraphs: Paragraph[]): string =>
  [
    '<!doctype html><html lang="en"><body style="max-width:36em;font:16px/1.5 sans-serif">',
    ...paragraphs.map((each) =>
      typeof each === 'string'
        ? `<p>${escaped(each)}</p>`
        : `<p><a href="${escaped(each.link)}">${escaped(each.label)}</a></p>`,
    ),
    '</body></html>',
  ].join('\n')
