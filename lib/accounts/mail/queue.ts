import { AsyncLocalStorage } from 'node:async_hooks'

/** A mail, as plain text. */
export type Mail = { to: string; subject: string; paragraphs: Paragraph[] }
/** A sentence or more; or an address to open, on a line of its own. */
export type Paragraph = string | { link: string; label: string }

export type MailQueueOptions = {
  /** @throws where the mail could not be handed over. */
  send: (mail: Mail) => Promise<void>
  /** Calls back after so many ms. @returns what takes that back. */
  later: (ms: number, callback: () => void) => () => void
  /** Where it is said that a mail could not be sent; never what is in it. */
  say: (sentence: string) => void
}

/** Mails that wait, at the most: some MB. */
const MAX_WAITING = 1_000
/** Between attempts, in ms: a server that asks to come back later means minutes. */
const RETRY_AFTER = [5_000, 30_000, 120_000, 600_000]

/** Mails on their way to the mail server, one after the other, so that no request waits for it. */
export class MailQueue {
  private readonly ready: { mail: Mail; failed: number }[] = []
  private readonly resting = new Set<() => void>()
  private sending: Promise<void> | undefined
  private ended = false
  /** Whoever adds a mail is a request; what is opened to send it would hold the request for as long. */
  private readonly outside = AsyncLocalStorage.snapshot()

  constructor(private readonly options: MailQueueOptions) {}

  /** Takes a mail, or says that there are too many. */
  add(mail: Mail): void {
    if (this.ready.length + this.resting.size >= MAX_WAITING)
      this.options.say(`${MAX_WAITING} mails wait for the mail server already; one more was dropped.`)
    else this.push(mail, 0)
  }

  /** Resolves when nothing is being sent; what waits for another attempt is left. */
  async idle(): Promise<void> {
    while (this.sending) await this.sending
  }

  /** Tries nothing again and sends nothing more; what was not sent is lost, and said. */
  end(): void {
    this.ended = true
    const lost = this.ready.length + this.resting.size
    this.ready.length = 0
    for (const cancel of this.resting) cancel()
    this.resting.clear()
    if (lost > 0) this.options.say(`Mails that were not sent: ${lost}. Whoever waits for one can ask for it again.`)
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
        return this.options.say(`A mail could not be sent, and is given up: ${reason}.`)
      this.options.say(`A mail could not be sent, and will be tried again in ${wait / 1_000} s: ${reason}.`)
      const cancel = this.options.later(wait, () => {
        this.resting.delete(cancel)
        this.push(mail, failed + 1)
      })
      this.resting.add(cancel)
    }
  }
}

/** What of an SMTP error holds neither the address nor the mail. */
function reasonOf(error: unknown): string {
  const { code, responseCode } = fieldsOf(error)
  return [code, responseCode].filter(Boolean).join(' ') || 'it is not said why'
}

/** RFC 5321, 4.2.1: 5yz is an answer that will be the same next time. */
const isFinal = (error: unknown): boolean => (fieldsOf(error).responseCode ?? 0) >= 500

function fieldsOf(error: unknown): { code?: string; responseCode?: number } {
  if (!(error instanceof Error)) return {}
  return {
    ...('code' in error && typeof error.code === 'string' && { code: error.code }),
    ...('responseCode' in error && typeof error.responseCode === 'number' && { responseCode: error.responseCode }),
  }
}
