/**
 * What a long start says while it works: one plain sentence a step, and how long it took. A step's own lines, if it has
 * any, stand indented below its sentence.
 */
export interface Steps {
  /** Says `sentence`, does `work`, and says how long it took. An error passes through. */
  step<T>(sentence: string, work: (line: (text: string) => void) => Promise<T>): Promise<T>
  /** A line of its own. */
  say(text: string): void
}

/** 83 ms, 4.2 s, 1 min 12 s. */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`
  const seconds = Math.round(ms / 1_000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

export function createSteps(write: (text: string) => void, now: () => number = () => performance.now()): Steps {
  // The sentence of a step stands without a line end until its duration, or another line, follows it.
  let open = false
  const breakLine = () => {
    if (open) write('\n')
    open = false
  }
  return {
    async step(sentence, work) {
      breakLine()
      const started = now()
      write(`${sentence} … `)
      open = true
      try {
        const result = await work((text) => {
          breakLine()
          write(`  ${text}\n`)
        })
        write(`${open ? '' : '  done in '}${formatDuration(now() - started)}\n`)
        open = false
        return result
      } finally {
        breakLine()
      }
    },
    say(text) {
      breakLine()
      write(`${text}\n`)
    },
  }
}

/** For those who talk to machines: a command whose output is read by another program. */
export const silentSteps: Steps = { step: (_sentence, work) => work(() => {}), say: () => {} }

export const consoleSteps: Steps = createSteps((text) => process.stdout.write(text))
