import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { root } from './testing'

const run = promisify(execFile)

/** Gets ticks compiled, collects garbage while none runs, and prints whether they are still compiled. */
const PROGRAM = `
  import { keepTicksQuick } from './lib/server/ticks.ts'
  keepTicksQuick()
  const isCompiled = () => (%GetOptimizationStatus(process.nextTick) & 16) !== 0
  const pause = () => new Promise(setImmediate)
  const nothing = () => {}
  for (let turn = 0; turn < 20_000 && !isCompiled(); turn++) {
    for (let tick = 0; tick < 100; tick++) process.nextTick(nothing)
    await pause()
  }
  const before = isCompiled()
  for (let cleaning = 0; cleaning < 10; cleaning++) {
    await pause()
    gc()
  }
  console.log(JSON.stringify({ before, after: isCompiled() }))`

test('ticks stay compiled after a garbage collection', async () => {
  const flags = ['--allow-natives-syntax', '--expose-gc', '--import', 'tsx', '--input-type=module']
  const { stdout } = await run(process.execPath, [...flags, '--eval', PROGRAM], { cwd: root })
  expect(JSON.parse(stdout)).toEqual({ before: true, after: true })
})
