import { afterAll, beforeAll, expect, test } from 'vitest'
import { dropAbortStacks } from './abort-controller'

const { abort } = AbortController.prototype
beforeAll(dropAbortStacks)
afterAll(() => {
  AbortController.prototype.abort = abort
})

function aborted(...reason: unknown[]): unknown {
  const controller = new AbortController()
  controller.abort(...reason)
  expect(controller.signal.aborted).toBe(true)
  return controller.signal.reason
}

test('a signal aborted without a reason has the usual one, without a stack', () => {
  expect(aborted()).toMatchObject({
    name: 'AbortError',
    message: 'This operation was aborted',
    stack: 'AbortError: This operation was aborted',
  })
})

test('the reason of a complete rendering has no stack', () => {
  const reason = new Error('This render completed successfully. All cacheSignals are now aborted.')
  expect(aborted(reason)).toBe(reason)
  expect(reason.stack).toBe(`Error: ${reason.message}`)
})

test('any other reason is unchanged', () => {
  const reason = new Error('The database is gone')
  const { stack } = reason
  expect(aborted(reason)).toBe(reason)
  expect(reason.stack).toBe(stack)
  expect(aborted('late')).toBe('late')
})
