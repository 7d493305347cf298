import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { plain } from '@/lib/artwork/testing'
import { DecoderPool } from './decoder-pool'
import { leaveOneProcessor, processorsOf } from './processors'

const canPin =
  availableParallelism() > 1 &&
  (await promisify(execFile)('taskset', ['-p', `${process.pid}`]).then(
    () => true,
    () => false,
  ))

/** The allowed processors of each thread. */
async function allProcessorsOf(pid: number): Promise<number[][]> {
  const threads = await readdir(`/proc/${pid}/task`)
  return Promise.all(threads.map((thread) => processorsOf(Number(thread))))
}

async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`)
  const lists = await Promise.all(threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8')))
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number))
}

describe.skipIf(!canPin)('leaveOneProcessor', () => {
  let all: number[]
  let child: ChildProcess | undefined
  let pool: DecoderPool | undefined
  beforeAll(async () => {
    all = await processorsOf('self')
  })
  afterEach(() => {
    child?.kill('SIGKILL')
    pool?.end()
  })

  test('takes the first processor from each thread of the process, and none from ours', async () => {
    child = spawn(process.execPath, ['-e', 'console.log("ready"); setInterval(() => {}, 1000)'])
    await once(child.stdout ?? child, 'data')
    await leaveOneProcessor(child.pid ?? 0)
    const found = await allProcessorsOf(child.pid ?? 0)
    expect(found.length).toBeGreaterThan(1)
    for (const processors of found) expect(processors).toEqual(all.slice(1))
    expect(await processorsOf('self')).toEqual(all)
  })

  for (const [which, count, left] of [
    ['is used by pool', 1, 1],
    ['is not used by as many pool as processors', availableParallelism(), 0],
  ] as const)
    test(which, async () => {
      pool = new DecoderPool({ count })
      const before = await childrenOf(process.pid)
      expect(await pool.processPicture({ bytes: await plain('red'), type: 'image/png' })).toHaveProperty('picture')
      const [begun = 0] = (await childrenOf(process.pid)).filter((pid) => !before.includes(pid))
      const found = await allProcessorsOf(begun)
      expect(found.length).toBeGreaterThan(1)
      for (const processors of found) expect(processors).toEqual(all.slice(left))
    })
})

test('a process that does not exist has no processors and causes no error', async () => {
  expect(await processorsOf(2 ** 30)).toEqual([])
  await leaveOneProcessor(2 ** 30)
})
