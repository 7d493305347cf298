import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Breaker } from './breaker'

const never = () => new Promise<never>(() => {})

function breakerOf({ patience = 100_000, probe = never as () => Promise<void> } = {}) {
  const logged: string[] = []
  return { breaker: new Breaker({ probe, patience, retryAfter: 1, say: (sentence) => logged.push(sentence) }), logged }
}

test('a busy process does not mistake its own delay for a timeout', async () => {
  const { breaker, logged } = breakerOf({ patience: 200 })
  const answer = breaker.run(async () => {
    for (let turn = 0; turn < 5; turn++) await nextTurn()
    return 'here'
  })
  const busyUntil = performance.now() + 300
  while (performance.now() < busyUntil);
  expect(await answer).toBe('here')
  expect(logged).toEqual([])
})

test('after a timeout no request uses Redis until a probe succeeds', async () => {
  let answered = () => {}
  const { breaker, logged } = breakerOf({
    patience: 10,
    probe: () =>
      new Promise((resolve) => {
        answered = resolve
      }),
  })
  expect(await breaker.run(never)).toBeUndefined()
  expect(await breaker.run(() => Promise.reject(new Error('must not be asked')))).toBeUndefined()
  expect(breaker.isClosed).toBe(false)
  answered()
  await nextTurn()
  expect(await breaker.run(async () => 'here')).toBe('here')
  expect(logged).toEqual([
    'Redis does not answer, so each process counts requests for itself: no answer within 10 ms',
    'Redis answers again and counts requests, those that it missed included.',
  ])
})

test('calls and probes run outside the async context of the request', async () => {
  const request = new AsyncLocalStorage<string>()
  const seen: unknown[] = []
  let looks = 0
  await new Promise<void>((resolve) => {
    const { breaker } = breakerOf({
      probe: async () => {
        seen.push(request.getStore())
        if (++looks < 3) throw new Error('not yet')
        resolve()
      },
    })
    request.run('a request', () =>
      breaker.run(async () => {
        seen.push(request.getStore())
        throw new Error('gone')
      }),
    )
  })
  expect(seen).toEqual([undefined, undefined, undefined, undefined])
})
