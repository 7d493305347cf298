import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { root } from './testing'

const run = promisify(execFile)

/** Allocates short-lived objects next to 64 MB of permanent ones, and prints the largest heap in MB. */
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

test('garbage is collected before the heap has grown many times', async () => {
  const churn = async (before: string) => {
    const args = ['--import', 'tsx', '--input-type=module', '--eval', before + CHURN]
    return Number.parseInt((await run(process.execPath, args, { cwd: root })).stdout, 10)
  }
  const left = await churn('')
  const bound = await churn(`import { boundHeap } from './lib/server/heap.ts'\nboundHeap()\n`)
  // Usually half; concurrent garbage collection is late on a busy machine.
  expect({ left, bound, isSmaller: bound < left * 0.9 }).toMatchObject({ isSmaller: true })
})
