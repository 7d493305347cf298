import { expect, test } from 'vitest'
import { createSteps, formatDuration } from './steps'

function record() {
  let text = ''
  let clock = 0
  const steps = createSteps(
    (more) => {
      text += more
    },
    () => clock,
  )
  const pass = (ms: number) => {
    clock += ms
  }
  return { steps, pass, text: () => text }
}

test('a step is one line with its duration', async () => {
  const { steps, pass, text } = record()
  expect(await steps.step('Starting the database', async () => pass(52))).toBeUndefined()
  steps.say('Ready')
  expect(text()).toBe('Starting the database … 52 ms\nReady\n')
})

test("prints a step's own lines below it", async () => {
  const { steps, pass, text } = record()
  await steps.step('Loading', async (line) => {
    line('500 songs')
    pass(1_234)
  })
  expect(text()).toBe('Loading … \n  500 songs\n  done in 1.2 s\n')
})

test('a failed step ends its line without a duration', async () => {
  const { steps, text } = record()
  await expect(steps.step('Loading', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(text()).toBe('Loading … \n')
})

test('formats durations in ms, s and min', () =>
  expect([0.4, 999, 1_000, 59_940, 72_000].map(formatDuration)).toEqual([
    '0 ms',
    '999 ms',
    '1.0 s',
    '59.9 s',
    '1 min 12 s',
  ]))
