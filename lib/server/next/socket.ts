import { mkdtempSync, rmSync } from 'node:fs'
import { lstat, readdir, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AppError } from '@/lib/errors'

/** `sun_path` has 104 bytes on macOS and 108 on Linux, including a final zero. Longer paths are truncated silently. */
const MAX_PATH_BYTES = 103
const PREFIX = 'syromusic-'
const NAME = 'next.sock'

/** The directories of this process. */
const directories = new Set<string>()

function removeDirectories(): void {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true })
}

/**
 * Makes a directory for one Unix socket, which only this user can enter (0700). It is removed when the process exits; a
 * killed process leaves it to `removeAbandoned`.
 * @returns the path of the socket.
 * @throws AppError if the paths of temporary files are too long for a socket.
 */
export function makeSocketPath(directory = tmpdir()): string {
  // mkdtemp adds six letters.
  const longest = path.join(directory, `${PREFIX}123456`, NAME)
  if (Buffer.byteLength(longest) > MAX_PATH_BYTES)
    throw new AppError(
      'conflict',
      `A socket in ${directory} would have a path of more than ${MAX_PATH_BYTES} bytes. Set TMPDIR to a shorter one.`,
    )
  const own = mkdtempSync(path.join(directory, PREFIX))
  if (directories.size === 0) process.once('exit', removeDirectories)
  directories.add(own)
  return path.join(own, NAME)
}

/** The Unix socket between the threads. */
export type ThreadSocket = {
  /** Its path. */
  readonly path: string
  /** Opens it at a new path: at the start, and when its file was removed. Concurrent calls are one. */
  open(): Promise<void>
}

/** @param listen makes the other thread listen at a path. */
export function keepSocket(listen: (path: string) => Promise<void>): ThreadSocket {
  let path = ''
  let opening: Promise<void> | undefined
  const open = async () => {
    const next = makeSocketPath()
    await listen(next)
    path = next
  }
  return {
    get path() {
      return path
    },
    open() {
      opening ??= open().finally(() => {
        opening = undefined
      })
      return opening
    },
  }
}

/**
 * Removes the directories of killed processes of this user: nothing listens at their sockets. Process ids would not
 * tell, because containers may share the directory.
 */
export async function removeAbandoned(directory = tmpdir()): Promise<void> {
  const names = await readdir(directory).catch(() => [])
  for (const name of names.filter((each) => each.startsWith(PREFIX))) {
    const left = path.join(directory, name)
    if (await isAbandoned(left)) await rm(left, { recursive: true, force: true })
  }
}

async function isAbandoned(directory: string): Promise<boolean> {
  const found = await lstat(directory).catch(() => undefined)
  if (!found?.isDirectory() || found.uid !== process.getuid?.()) return false
  return new Promise((resolve) => {
    const socket = connect(path.join(directory, NAME), () => {
      socket.destroy()
      resolve(false)
    })
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'))
  })
}
