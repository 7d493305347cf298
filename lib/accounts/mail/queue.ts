import { AsyncLocalStorage } from 'node:async_hooks'

/** A mail, as plain text. */
export type Mail = { to: string; subject: string; paragraphs: Paragraph[] }
/** Text, or a link on its own line. */
export type Paragraph = string | { link: string; label: string }

export type MailQueueOptions = {
  /** @throws if the mail server does not accept the mail. */
  send: (mail: Mail) => Promise<void>
  /** Calls back after a delay in ms. @returns a function that cancels it. */
  later: (ms: number, callback: () => void) => () => void
  /** Logs errors, never a mail's content. */
  say: (sentence: string) => void
}

/** The queue's length: a few MB. */
const MAX_WAITING = 1_000
/** The retry delays, in ms: a temporary error of a mail server lasts minutes. */
const RETRY_AFTER = [5_000, 30_000, 120_000, 600_000]

/** Sends mails one after another, so that no request waits for the mail server. */
export class MailQueue {
  private readonly ready: { mail: Mail; failed: number }[] = []
  private readonly resting = new Set<() => void>()
  private sending: Promise<void> | undefined
  private ended = false
  /** Runs outside the request's async context; sockets opened inside would keep the request alive. */
  private readonly outside = AsyncLocalStorage.snapshot()

  constructor(private readonly options: MailQueueOptions) {}

  /** Queues a mail; logs an error if the queue is full. */
  add(mail: Mail): void {
    if (this.ready.length + this.resting.size >= MAX_WAITING)
      this.options.say(`The mail queue is full (${MAX_WAITING} mails), so a mail was dropped.`)
    else this.push(mail, 0)
  }

  /** Resolves when no mail is being sent; mails that wait for a retry remain. */
  async idle(): Promise<void> {
    while (this.sending) await this.sending
  }

  /** Stops sending. Unsent mails are lost, which is logged. */
  end(): void {
    this.ended = true
    const lost = this.ready.length + this.resting.size
    this.ready.length = 0
    for (const cancel of this.resting) cancel()
    this.resting.clear()
    if (lost > 0) this.options.say(`Unsent mails: ${lost}. Their recipients can request them again.`)
  }

  private push(mail: Mail, failed: number): void {
    this.ready.push({ mail, failed })
    this.sending ??= this.outside(() => this.work())
  }

  private async work(): Promise<void> {
    for (let next = this.ready.shift(); next; next = this.ready.shift()) await this.attempt(next.mail, next.failed)
    this.sending = undefined
  }

  private async attempt(mail: Mail, failed: number): Promise<void> {
    try {
      await this.options.send(mail)
    } catch (error) {
      const wait = RETRY_AFTER[failed]
      const reason = reasonOf(error)
      if (wait === undefined || this.ended || isFinal(error))
        return this.options.say(`A mail could not be sent and was dropped: ${reason}.`)
      this.options.say(`A mail could not be sent and will be retried in ${wait / 1_000} s: ${reason}.`)
      const cancel = this.options.later(wait, () => {
        this.resting.delete(cancel)
        this.push(mail, failed + 1)
      })
      this.resting.add(cancel)
    }
  }
}

/** The parts of an SMTP error that hold neither the address nor the mail. */
function reasonOf(error: unknown): string {
  const { code, responseCode } = fieldsOf(error)
  return [code, responseCode].filter(Boolean).join(' ') || 'unknown reason'
}

/** RFC 5321, 4.2.1: 5yz is a permanent error. */
const isFinal = (error: unknown): boolean => (fieldsOf(error).responseCode ?? 0) >= 500

function fieldsOf(error: unknown): { code?: string; responseCode?: number } {
  if (!(error instanceof Error)) return {}
  return {
    ...('code' in error && typeof error.code === 'string' && { code: error.code }),
    ...('responseCode' in error && typeof error.responseCode === 'number' && { responseCode: error.responseCode }),
  }
}
