import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Lifetime } from '@/lib/lifetime'

/** Starts a bare node:http server that sends a body of the given number of bytes. @returns its origin. */
export async function startBareHttp(bytes: number, lifetime: Lifetime): Promise<string> {
  const child = fork(fileURLToPath(new URL('bare-http-child.ts', import.meta.url)), [String(bytes)])
  const closed = once(child, 'close')
  lifetime.onEnd(async () => {
    child.kill()
    await closed
  })
  const [port] = await once(child, 'message')
  return `http://127.0.0.1:${z.number().parse(port)}`
}
