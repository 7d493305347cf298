import { env } from '@/lib/env'
import { log } from '@/lib/observability/log'
import { type Mail, MailQueue } from './queue'
import { smtpSender } from './smtp'

/** The mail queue of this process, opened if SMTP_URL is set. */
const shared = globalThis as typeof globalThis & { syroMails?: MailQueue }

/**
 * Starts sending mails.
 * @returns a function that stops it, after the mail that is being sent unless in a `hurry`.
 */
export function openMail(): (hurry: AbortSignal) => Promise<void> {
  const { SMTP_URL: url, MAIL_FROM: from } = env
  if (!url || !from) return async () => {}
  const queue = new MailQueue({
    send: smtpSender(url, from),
    later: (ms, callback) => {
      const timer = setTimeout(callback, ms).unref()
      return () => clearTimeout(timer)
    },
    say: (sentence) => log.error(sentence),
  })
  shared.syroMails = queue
  return async (hurry) => {
    queue.end()
    await Promise.race([queue.idle(), new Promise((resolve) => hurry.addEventListener('abort', resolve))])
  }
}

/** Queues a mail. */
export const enqueue = (mail: Mail): void => shared.syroMails?.add(mail)
