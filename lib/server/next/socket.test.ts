import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, stat, symlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeSocketPath, removeAbandoned } from './socket'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'sockets-'))
})
afterEach(() => rm(directory, { recursive: true }))

test('each socket has its own private directory', async () => {
  const [one, other] = [makeSocketPath(directory), makeSocketPath(directory)]
  expect(path.dirname(one)).not.toBe(path.dirname(other))
  expect((await stat(path.dirname(one))).mode & 0o777).toBe(0o700)
})

test('a path that is too long for a socket is refused with advice', () => {
  expect(() => makeSocketPath(path.join(directory, 'x'.repeat(80)))).toThrow(/Set TMPDIR to a shorter one/)
})

test('only sockets of killed processes are removed', async () => {
  const [used, abandoned, fresh] = [makeSocketPath(directory), makeSocketPath(directory), makeSocketPath(directory)]
  const listening = createServer().listen(used)
  await once(listening, 'listening')
  // A socket file without a listener: a server that closes normally would delete it.
  const killed = createServer().listen(`${abandoned}.other`)
  await once(killed, 'listening')
  const { rename } = await import('node:fs/promises')
  await rename(`${abandoned}.other`, abandoned)
  killed.close()
  await once(killed, 'close')
  await mkdir(path.join(directory, 'another'))
  await symlink(path.dirname(abandoned), path.join(directory, 'syromusic-link'))

  await removeAbandoned(directory)
  expect((await readdir(directory)).sort()).toEqual(
    ['another', 'syromusic-link', ...[used, fresh].map((each) => path.basename(path.dirname(each)))].sort(),
  )
  listening.close()
})
