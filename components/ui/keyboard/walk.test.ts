import { expect, test } from 'vitest'
import { type Arrow, stepFrom } from './walk'

const box = (column: number, row: number, width = 80, height = 100) => ({
  left: column * 100,
  right: column * 100 + width,
  top: row * 120,
  bottom: row * 120 + height,
})
const grid = [0, 1, 2, 3, 4, 5, 6].map((index) => box(index % 3, Math.floor(index / 3)))
const list = [0, 1, 2].map((index) => box(0, index, 600, 120))

for (const [boxes, from, arrow, to] of [
  [grid, 0, 'ArrowRight', 1],
  [grid, 2, 'ArrowRight', 3],
  [grid, 0, 'ArrowLeft', null],
  [grid, 6, 'ArrowRight', null],
  [grid, 1, 'ArrowDown', 4],
  [grid, 5, 'ArrowDown', 6],
  [grid, 4, 'ArrowUp', 1],
  [grid, 1, 'ArrowUp', null],
  [grid, 6, 'ArrowDown', null],
  [list, 0, 'ArrowDown', 1],
  [list, 2, 'ArrowUp', 1],
  [list, 2, 'ArrowDown', null],
  [[], 0, 'ArrowDown', null],
] as [typeof grid, number, Arrow, number | null][])
  test(`${arrow} from ${from} of ${boxes.length} leads to ${to}`, () => expect(stepFrom(from, boxes, arrow)).toBe(to))

test('left is forward on a right-to-left page', () => {
  expect(stepFrom(0, grid, 'ArrowLeft', true)).toBe(1)
})
