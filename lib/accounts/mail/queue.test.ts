import { expect, test } from 'vitest'
import { type Mail, MailQueue } from './queue'

const mail = (to: string): Mail => ({ to, subject: 'Hello', paragraphs: ['A secret'] })
const smtpError = (code: string, responseCode?: number) =>
  Object.assign(new Error('550 <ada@example.com> is not known here'), { code, responseCode })

/** A queue with a clock that tests control. */
function queueThat(send: (mail: Mail, attempt: number) => void) {
  const sent: string[] = []
  const messages: string[] = []
  const waits: { ms: number; callback: () => void }[] = []
  let attempts = 0
  const queue = new MailQueue({
    send: async (of) => {
      attempts += 1
      send(of, attempts)
      sent.push(of.to)
    },
    later: (ms, callback) => {
      const wait = { ms, callback }
      waits.push(wait)
      return () => void waits.splice(waits.indexOf(wait), 1)
    },
    say: (sentence) => messages.push(sentence),
  })
  const turn = async () => {
    waits.shift()?.callback()
    await queue.idle()
  }
  return { queue, sent, messages, waits, turn, attempts: () => attempts }
}

test('sends mails in order', async () => {
  const { queue, sent, messages } = queueThat(() => {})
  for (const to of ['a', 'b', 'c']) queue.add(mail(to))
  await queue.idle()
  expect(sent).toEqual(['a', 'b', 'c'])
  expect(messages).toEqual([])
})

test('retries a failed mail with growing delays, without blocking others', async () => {
  const { queue, sent, messages, waits, turn } = queueThat(({ to }, attempt) => {
    if (to === 'a' && attempt < 4) throw smtpError('ECONNECTION')
  })
  queue.add(mail('a'))
  queue.add(mail('b'))
  await queue.idle()
  expect(sent).toEqual(['b'])
  const ms: number[] = []
  while (waits.length > 0) {
    ms.push(waits[0]?.ms ?? 0)
    await turn()
  }
  expect(ms).toEqual([5_000, 30_000])
  expect(sent).toEqual(['b', 'a'])
  expect(messages[0]).toBe('A mail could not be sent and will be retried in 5 s: ECONNECTION.')
})

test('gives up in the end, and logs neither address nor text', async () => {
  const { queue, messages, waits, turn, attempts } = queueThat(() => {
    throw smtpError('ECONNECTION')
  })
  queue.add(mail('ada@example.com'))
  await queue.idle()
  while (waits.length > 0) await turn()
  expect(attempts()).toBe(5)
  expect(messages.at(-1)).toBe('A mail could not be sent and was dropped: ECONNECTION.')
  expect(messages.join()).not.toMatch(/ada|secret/i)
})

test('does not retry a permanent error', async () => {
  const { queue, messages, waits } = queueThat(() => {
    throw smtpError('EENVELOPE', 550)
  })
  queue.add(mail('a'))
  await queue.idle()
  expect(waits).toEqual([])
  expect(messages).toEqual(['A mail could not be sent and was dropped: EENVELOPE 550.'])
})

test('the queue holds a thousand mails', async () => {
  const { queue, messages, waits } = queueThat(() => {
    throw smtpError('ECONNECTION')
  })
  for (let index = 0; index < 1_000; index++) queue.add(mail(`${index}`))
  await queue.idle()
  expect(waits).toHaveLength(1_000)
  messages.length = 0
  queue.add(mail('one more'))
  expect(messages).toEqual(['The mail queue is full (1000 mails), so a mail was dropped.'])
})

test('stops retrying at shutdown, and logs lost mails', async () => {
  const { queue, messages, waits } = queueThat(() => {
    throw smtpError('ECONNECTION')
  })
  queue.add(mail('a'))
  await queue.idle()
  queue.end()
  expect(waits).toEqual([])
  expect(messages.at(-1)).toBe('Unsent mails: 1. Their recipients can request them again.')
})
