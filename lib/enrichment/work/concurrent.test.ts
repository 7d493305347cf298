import { expect, test } from 'vitest'
import { together } from './concurrent'

const stopped = (signal: AbortSignal) =>
  new Promise<string>((resolve) => signal.addEventListener('abort', () => resolve('stopped'), { once: true }))

test('all of it is done, and what each came to is in order', async () => {
  const { signal } = new AbortController()
  expect(await together(signal, [async () => 1, async () => 2])).toEqual([1, 2])
})

test('where one fails the others are stopped and waited for', async () => {
  const ended: string[] = []
  const working = together(new AbortController().signal, [
    async (signal) => void ended.push(await stopped(signal)),
    async () => {
      throw new Error('No room')
    },
  ])
  await expect(working).rejects.toThrow('No room')
  expect(ended).toEqual(['stopped'])
})

test('who stops it stops all of it', async () => {
  const stop = new AbortController()
  const working = together(stop.signal, [stopped, stopped])
  stop.abort()
  expect(await working).toEqual(['stopped', 'stopped'])
})
