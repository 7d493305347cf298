import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

/** A received mail. */
export type Received = { to: string[]; text: string }

/** A mail server for tests, on a free port of this machine. */
export class TestMailServer {
  private readonly mails: Received[] = []
  private waiting: (() => void)[] = []
  /** SMTP status codes that refuse the next mails. */
  refusals: number[] = []

  private readonly server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: async (stream, session, done) => {
      // RFC 2045, 6.7: soft line breaks.
      const message = (await text(stream)).replace(/=\r\n/g, '').replace(/=3D/g, '=')
      const refusal = this.refusals.shift()
      if (refusal) return done(Object.assign(new Error('Not now, <ada@example.com>'), { responseCode: refusal }))
      this.mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: message })
      for (const look of this.waiting.splice(0)) look()
      done()
    },
  })

  /** @returns its address in the form of SMTP_URL. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', () => resolve()))
    const { port } = this.server.server.address() as AddressInfo
    return `smtp://127.0.0.1:${port}`
  }

  /** The next mail that no call has returned yet. */
  async next(): Promise<Received> {
    for (;;) {
      const mail = this.mails.shift()
      if (mail) return mail
      await new Promise<void>((resolve) => this.waiting.push(resolve))
    }
  }

  /** Received mails that `next` has not returned. */
  get left(): number {
    return this.mails.length
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()))
  }
}

/** The path and token of the link in a mail. */
export function linkIn({ text: mail }: Received, path: string): string {
  const token = new RegExp(`${path}\\?token=([\\w.~%-]+)`).exec(mail)?.[1]
  if (!token) throw new Error(`No link to ${path} in:\n${mail}`)
  return decodeURIComponent(token)
}
