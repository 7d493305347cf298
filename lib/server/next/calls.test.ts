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

const theirs = {
  add: (one: number, other: number) => one + other,
  fail: async (sentence: string): Promise<never> => {
    throw new TypeError(sentence)
  },
  failWithMore: async (sentence: string): Promise<never> => {
    throw new Error(sentence, { cause: { retry: () => {} } })
  },
  never: () => new Promise<void>(() => {}),
}

test('a call is answered with what the other thread gives, or rejects with what it throws', async () => {
  const { here, there } = channel()
  connectCalls(there, theirs)
  const far = connectCalls<Theirs>(here, {})
  await expect(Promise.all([far.add(1, 2), far.add(3, 4)])).resolves.toEqual([3, 7])
  await expect(far.fail('no')).rejects.toThrow(new TypeError('no'))
  await expect(far.failWithMore('not now')).rejects.toThrow('not now')
})

test('who is told first and answered then knows it when the answer comes', async () => {
  const { here, there } = channel()
  const told: string[] = []
  const back = connectCalls<{ tell(word: string): void }>(there, {
    ask: () => {
      void back.tell('first')
      return 'answer'
    },
  })
  const far = connectCalls<{ ask(): string }>(here, { tell: (word: string) => void told.push(word) })
  await far.ask()
  expect(told).toEqual(['first'])
})

test('what waits for a thread that ends is told, and so is who calls it afterwards', async () => {
  const { here, there } = channel()
  connectCalls(there, theirs)
  const far = connectCalls<Theirs>(here, {})
  const waiting = far.never()
  there.close()
  await expect(waiting).rejects.toThrow('The other thread has ended')
  await expect(far.add(1, 2)).rejects.toThrow('The other thread has ended')
})
