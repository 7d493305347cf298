import type { MessagePort } from 'node:worker_threads'

/**
 * Calls between two threads over one port, in both directions. Messages keep their order, so a thread has received
 * every message that was sent before an answer.
 */

export type Procedures = Record<string, (...args: never[]) => unknown>

/** The procedures of the other thread. */
export type Remote<P extends Procedures> = {
  [Name in keyof P]: (...args: Parameters<P[Name]>) => Promise<Awaited<ReturnType<P[Name]>>>
}

type Call = { kind: 'call'; id: number; name: string; args: never[] }
type Answer = { kind: 'answer'; id: number; value: unknown } | { kind: 'failure'; id: number; error: unknown }
type PendingCall = { resolve: (value: never) => void; reject: (error: unknown) => void }

/**
 * Offers `own` to the thread at the other end of `port`.
 * @returns the procedures of that thread. A call rejects with the error thrown there, and when the thread has ended.
 */
export function connectCalls<Procs extends Procedures>(port: MessagePort, own: Procedures): Remote<Procs> {
  const waiting = new Map<number, PendingCall>()
  let last = 0
  let isClosed = false

  const perform = async ({ id, name, args }: Call): Promise<void> => {
    try {
      const procedure = own[name]
      if (!procedure) throw new Error(`The other thread does not offer ${name}`)
      const value = await procedure(...args)
      port.postMessage({ kind: 'answer', id, value } satisfies Answer)
    } catch (error) {
      port.postMessage({ kind: 'failure', id, error: sendable(error) } satisfies Answer)
    }
  }

  port.on('message', (message: Call | Answer) => {
    if (message.kind === 'call') return void perform(message)
    const call = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.kind === 'failure') call?.reject(message.error)
    else call?.resolve(message.value as never)
  })
  port.on('close', () => {
    isClosed = true
    for (const { reject } of waiting.values()) reject(ended())
    waiting.clear()
  })

  const call = (name: string, args: unknown[]): Promise<never> => {
    const answered = new Promise<never>((resolve, reject) => {
      if (isClosed) return reject(ended())
      last += 1
      // It throws if a value can't be sent; then no answer will come.
      port.postMessage({ kind: 'call', id: last, name, args })
      waiting.set(last, { resolve, reject })
    })
    // A caller that does not await the answer ignores errors.
    answered.catch(() => {})
    return answered
  }
  return new Proxy({} as Remote<Procs>, {
    get:
      (_, name) =>
      (...args: unknown[]) =>
        call(String(name), args),
  })
}

/** The error, or its message if it can't be cloned: it may hold functions. */
function sendable(error: unknown): unknown {
  try {
    return structuredClone(error)
  } catch {
    return new Error(error instanceof Error ? error.message : String(error))
  }
}

/** Bytes from another thread, as a Buffer again. */
export const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength)

const ended = () => new Error('The other thread has ended')
