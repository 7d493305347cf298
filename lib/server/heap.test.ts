import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { root } from './testing'

const run = promisify(execFile)

/** Things that live for a while, one after the other, beside 64 MB that stay. @returns the most that the heap had, in MB. */
const CHURN = `
  const stays = Array.from({ length: 1_000_000 }, (_, index) => ({ index, next: null }))
  const recent = Array.from({ length: 100_000 })
  let most = 0
  for (let made = 0; made < 8_000_000; made++) {
    recent[made % recent.length] = { made, text: [made] }
    if (made % 100_000 === 0) {
      most = Math.max(most, process.memoryUsage().heapTotal)
      await new Promise(setImmediate)
    }
  }
  console.log(Math.round(most / 1e6), stays.length)`

test('what is no longer used is not kept until the heap is many times as large', async () => {
  const churn = async (before: string) => {
    const args = ['--import', 'tsx', '--input-type=module', '--eval', before + CHURN]
    return Number.parseInt((await run(process.execPath, args, { cwd: root })).stdout, 10)
  }
  const left = await churn('')
  const bound = await churn(`import { boundHeap } from './lib/server/heap.ts'\nboundHeap()\n`)
  // Half as a rule; what is cleaned beside the work comes late on a busy machine.
  expect({ left, bound, isSmaller: bound < left * 0.9 }).toMatchObject({ isSmaller: true })
})
