import { expect, test } from 'vitest'
import { Turns } from './hashing'

/** Work that ends on demand. */
function work() {
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  return { run: () => ended, end: () => end() }
}

test('limits concurrent work and the queue', async () => {
  const turns = new Turns(2, 1)
  const started: string[] = []
  const [first, second, third] = [work(), work(), work()]
  const begin = (name: string, { run }: ReturnType<typeof work>) =>
    turns.run(() => {
      started.push(name)
      return run()
    })
  const all = [begin('first', first), begin('second', second), begin('third', third)]
  expect(started).toEqual(['first', 'second'])
  await expect(turns.run(async () => {})).rejects.toMatchObject({ code: 'unavailable' })
  first.end()
  await all[0]
  await expect.poll(() => started).toEqual(['first', 'second', 'third'])
  second.end()
  third.end()
  await Promise.all(all)
})

test('a failure passes its slot to the next', async () => {
  const turns = new Turns(1, 5)
  const failed = turns.run(() => Promise.reject(new Error('No.')))
  const next = turns.run(async () => 'done')
  await expect(failed).rejects.toThrow('No.')
  expect(await next).toBe('done')
  expect(await turns.run(async () => 'again')).toBe('again')
})

test('work that times out leaves the queue, and the others move up', async () => {
  const lateness: (() => void)[] = []
  const turns = new Turns(1, 2, () => new Promise<void>((resolve) => lateness.push(resolve)))
  const first = work()
  const running = turns.run(first.run)
  const second = turns.run(() => expect.fail('It ran'))
  const third = turns.run(async () => 'third')
  lateness[0]?.()
  await expect(second).rejects.toMatchObject({ code: 'unavailable' })
  first.end()
  await running
  expect(await third).toBe('third')
  expect(await turns.run(async () => 'again')).toBe('again')
})
