import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { afterEach, expect, test } from 'vitest'
import { connectCalls } from './calls'

const ports: MessagePort[] = []
afterEach(() => {
  for (const port of ports.splice(0)) port.close()
})

function channel(): { here: MessagePort; there: MessagePort } {
  const { port1: here, port2: there } = new MessageChannel()
  ports.push(here, there)
  return { here, there }
}

type Theirs = {
  add(one: number, other: number): number
  fail(sentence: string): Promise<never>
  failWithMore(sentence: string): Promise<never>
  never(): Promise<void>
}

const procedures = {
  add: (one: number, other: number) => one + other,
  fail: async (sentence: string): Promise<never> => {
    throw new TypeError(sentence)
  },
  failWithMore: async (sentence: string): Promise<never> => {
    throw new Error(sentence, { cause: { retry: () => {} } })
  },
  never: () => new Promise<void>(() => {}),
}

test('a call returns the result of the other thread, or rejects with its error', async () => {
  const { here, there } = channel()
  connectCalls(there, procedures)
  const far = connectCalls<Theirs>(here, {})
  await expect(Promise.all([far.add(1, 2), far.add(3, 4)])).resolves.toEqual([3, 7])
  await expect(far.fail('no')).rejects.toThrow(new TypeError('no'))
  await expect(far.failWithMore('not now')).rejects.toThrow('not now')
})

test('a message sent before a result arrives before it', async () => {
  const { here, there } = channel()
  const words: string[] = []
  const back = connectCalls<{ tell(word: string): void }>(there, {
    ask: () => {
      void back.tell('first')
      return 'answer'
    },
  })
  const far = connectCalls<{ ask(): string }>(here, { tell: (word: string) => void words.push(word) })
  await far.ask()
  expect(words).toEqual(['first'])
})

test('pending and later calls reject when the thread ends', async () => {
  const { here, there } = channel()
  connectCalls(there, procedures)
  const far = connectCalls<Theirs>(here, {})
  const waiting = far.never()
  there.close()
  await expect(waiting).rejects.toThrow('The other thread has ended')
  await expect(far.add(1, 2)).rejects.toThrow('The other thread has ended')
})
