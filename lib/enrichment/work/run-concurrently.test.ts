import { expect, test } from 'vitest'
import { runConcurrently } from './run-concurrently'

const stopped = (signal: AbortSignal) =>
  new Promise<string>((resolve) => signal.addEventListener('abort', () => resolve('stopped'), { once: true }))

test('returns all results in order', async () => {
  const { signal } = new AbortController()
  expect(await runConcurrently(signal, [async () => 1, async () => 2])).toEqual([1, 2])
})

test('if one fails, the others are aborted and awaited', async () => {
  const ended: string[] = []
  const working = runConcurrently(new AbortController().signal, [
    async (signal) => void ended.push(await stopped(signal)),
    async () => {
      throw new Error('No room')
    },
  ])
  await expect(working).rejects.toThrow('No room')
  expect(ended).toEqual(['stopped'])
})

test('the signal aborts all', async () => {
  const stop = new AbortController()
  const working = runConcurrently(stop.signal, [stopped, stopped])
  stop.abort()
  expect(await working).toEqual(['stopped', 'stopped'])
})
