import { once } from 'node:events'
import type { RequestListener, Server } from 'node:http'
import { workerData } from 'node:worker_threads'
import { openMail } from '@/lib/accounts/mail/open'
import { setListening } from '@/lib/cache/changes/listening'
import { apply, catchUpBy } from '@/lib/cache/changes/read'
import { listenerOrigin } from '@/lib/cache/response/origin'
import { answerPromptly, closePool } from '@/lib/db/pool'
import { setGateSecret } from '@/lib/http/gate/gate-secret'
import { countWith } from '@/lib/http/limits/limits'
import { loadNext } from '@/lib/next/load'
import { takeConsole } from '@/lib/observability/log'
import { keepTicksQuick } from '@/lib/server/ticks'
import { asBuffer, connectCalls } from './calls'
import type { FrontProcedures, NextProcedures, ThreadData } from './interface'
import { createBehind } from './proxy'

/** The thread that Next.js runs in; lib/server/next/start.ts starts it. */

const { port, gateSecret } = workerData as ThreadData

let handle: RequestListener = (_request, response) => {
  response.writeHead(503, { 'retry-after': '1' }).end()
}
const listener: RequestListener = (request, response) => handle(request, response)
const origin = listenerOrigin(listener)

let streams: Server | undefined
let closeMail: ReturnType<typeof openMail> | undefined
const never = new AbortController().signal

const front = connectCalls<FrontProcedures>(port, {
  prepare: async (where) => {
    closeMail = openMail()
    handle = await loadNext({ ...where, dev: false })
  },
  listen: async (socketPath) => {
    streams?.close()
    streams = createBehind(listener).listen(socketPath)
    await once(streams, 'listening')
  },
  answer: (request) => {
    const { body } = request
    return origin({ ...request, ...(body && { body: asBuffer(body) }) })
  },
  apply,
  setListening,
  end: async () => {
    await closeMail?.(never)
    await closePool(never)
    endLog()
  },
} satisfies NextProcedures)

keepTicksQuick()
void answerPromptly()
const endLog = takeConsole()
setGateSecret(gateSecret)
countWith(front)
catchUpBy(front.catchUp)
