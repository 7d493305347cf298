import { expect, test, vi } from 'vitest'
import { showProgress } from './progress'

/** A screen that records its output, and a manual clock. */
function screen(isTerminal: boolean) {
  vi.useFakeTimers()
  const written: string[] = []
  let seconds = 0
  const progress = showProgress({
    isTerminal,
    columns: 200,
    write: (text) => written.push(text),
    now: () => seconds * 1_000,
  })
  return {
    progress,
    written,
    at: (time: number) => {
      seconds = time
    },
  }
}

test('without a terminal, prints a line with fraction, rate and remaining time every few seconds', () => {
  const { progress, written, at } = screen(false)
  at(1)
  progress.read(1_000, 0.01)
  expect(written).toEqual([])
  at(6)
  progress.read(60_000, 0.1)
  at(7)
  progress.read(70_000, 0.12)
  at(20)
  progress.step('Writing songs', 0.2, 0.4)
  expect(written).toEqual([
    '10% · Reading · 60,000 rows, 10,000 a second · 54 s left\n',
    '20% · Writing songs · 70,000 rows, 3,500 a second · 1 min 20 s left\n',
  ])
  progress.end()
})

test('on a terminal, the bar moves during a long step, but not beyond its end', () => {
  const { progress, written, at } = screen(true)
  at(10)
  progress.step('Writing songs', 0.5, 0.75)
  expect(written.at(-1)).toBe(
    '\r\u001b[2K████████████░░░░░░░░░░░░ 50% · Writing songs · 0 rows, 0 a second · 10 s left',
  )
  at(12)
  vi.advanceTimersByTime(200)
  expect(written.at(-1)).toContain(' 60% · Writing songs')
  at(100)
  vi.advanceTimersByTime(200)
  expect(written.at(-1)).toContain(' 75% · Writing songs')
  progress.end()
  expect(written.at(-1)).toBe('\r\u001b[2K')
})

test('without a known end, prints the rows that were read', () => {
  const { progress, written, at } = screen(false)
  at(10)
  progress.read(5_000, null)
  expect(written).toEqual(['Reading · 5,000 rows, 500 a second\n'])
  progress.end()
})
