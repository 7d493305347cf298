import { constants, setPriority } from 'node:os'
import { MOST_MEMORY } from './limits'
import { makeVariants } from './make'
import { type Made, Order, type Reply } from './messages'

/**
 * The process that pictures are decoded in; makers.ts starts it. A decoder that is led astray by a file ends this process,
 * and takes the memory of this process: nobody else notices. It is given nothing of the environment but what it needs, so
 * it has no secrets either. Its argument is the time that a picture may take of a processor, in ms.
 */

const MOST_CPU_MS = Number(process.argv[2])

/** libvips takes memory while this thread is free, so it is looked at often. */
const LOOK_MS = 10
/** A process that has grown so far is not used again: what is left might be too little for the next picture. */
const GROWN = MOST_MEMORY * 0.75

// Visitors come first.
setPriority(constants.priority.PRIORITY_LOW)
// Ctrl-C reaches everybody at the terminal; whoever started us ends us.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})
process.on('disconnect', () => process.exit())

const memory = () => process.memoryUsage.rss()
const reply = (said: Reply, then?: () => void) => process.send?.(said, undefined, undefined, then)

/** What a library says of a picture, as a sentence. */
const sentence = (error: unknown): string => {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  return `It can’t be decoded: ${line.replace(/[:.\s]+$/, '')}.`
}

async function outcomeOf({ bytes, type }: Order): Promise<{ made: Made } | { refused: string }> {
  try {
    return { made: await makeVariants(bytes, type) }
  } catch (error) {
    return { refused: sentence(error) }
  }
}

/** Whether it has made pictures before, of which some memory is never given back. */
let isUsed = false

/** What a picture takes too much of. */
function excess(before: NodeJS.CpuUsage): { of: string; mayFit: boolean } | undefined {
  if (memory() > MOST_MEMORY) return { of: `${MOST_MEMORY / 1024 ** 2} MiB of memory`, mayFit: isUsed }
  const { user, system } = process.cpuUsage(before)
  const isOver = (user + system) / 1000 > MOST_CPU_MS
  return isOver ? { of: `${MOST_CPU_MS / 1000} s of a processor`, mayFit: false } : undefined
}

process.on('message', (message) => {
  const before = process.cpuUsage()
  const watch = setInterval(() => {
    const tooMuch = excess(before)
    if (!tooMuch) return
    clearInterval(watch)
    const { of, mayFit } = tooMuch
    reply({ refused: `It takes more than ${of} to decode.`, isLast: true, mayFit }, () => process.exit())
  }, LOOK_MS)
  void outcomeOf(Order.parse(message)).then((outcome) => {
    clearInterval(watch)
    isUsed = true
    reply({ ...outcome, isLast: memory() > GROWN })
  })
})
reply('ready')
