import { constants, setPriority } from 'node:os'
import { MAX_MEMORY } from './limits'
import { DecodingTask, type ProcessedPicture, type Reply } from './messages'
import { makeVariants } from './variants'

/**
 * The process that decodes pictures, started by decoder.ts. A malicious file can only crash this process or exhaust its
 * memory limit, and finds no secrets in its environment. Its arguments are the CPU time limit per picture, in ms, and its
 * priority.
 */

const [MAX_CPU_MS = 0, PRIORITY = constants.priority.PRIORITY_LOW] = process.argv.slice(2).map(Number)

/** How often limits are checked. libvips allocates in its own threads, while this one is free. */
const CHECK_MS = 10
/** A process with more memory than this is replaced: the rest might be too little for the next picture. */
const GROWN = MAX_MEMORY * 0.75

setPriority(PRIORITY)
// Ctrl-C reaches all processes of the terminal; the parent ends this one.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})
process.on('disconnect', () => process.exit())

const memory = () => process.memoryUsage.rss()
const reply = (message: Reply, then?: () => void) => process.send?.(message, undefined, undefined, then)

/** A decoder's error as a sentence. */
const sentence = (error: unknown): string => {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  return `It can’t be decoded: ${line.replace(/[:.\s]+$/, '')}.`
}

async function outcomeOf({ bytes, type }: DecodingTask): Promise<{ picture: ProcessedPicture } | { refused: string }> {
  try {
    return { picture: await makeVariants(bytes, type) }
  } catch (error) {
    return { refused: sentence(error) }
  }
}

/** Whether it has decoded pictures before, which leave some memory allocated. */
let isUsed = false

/** The limit that a picture exceeds. */
function excess(before: NodeJS.CpuUsage): { limit: string; mayFitAfterRestart: boolean } | undefined {
  if (memory() > MAX_MEMORY) return { limit: `${MAX_MEMORY / 1024 ** 2} MiB of memory`, mayFitAfterRestart: isUsed }
  const { user, system } = process.cpuUsage(before)
  const isOver = (user + system) / 1000 > MAX_CPU_MS
  return isOver ? { limit: `${MAX_CPU_MS / 1000} s of CPU time`, mayFitAfterRestart: false } : undefined
}

process.on('message', (message) => {
  const before = process.cpuUsage()
  const watch = setInterval(() => {
    const tooMuch = excess(before)
    if (!tooMuch) return
    clearInterval(watch)
    const { limit, mayFitAfterRestart } = tooMuch
    reply({ refused: `It takes more than ${limit} to decode.`, isLast: true, mayFitAfterRestart }, () => process.exit())
  }, CHECK_MS)
  void outcomeOf(DecodingTask.parse(message)).then((outcome) => {
    clearInterval(watch)
    isUsed = true
    reply({ ...outcome, isLast: memory() > GROWN })
  })
})
reply('ready')
