/** Prints the steps of a long start: a line for each step with its duration, and the step's own lines indented below it. */
export interface Steps {
  /** Prints `sentence`, runs `work`, and prints its duration. Errors pass through. */
  step<T>(sentence: string, work: (line: (text: string) => void) => Promise<T>): Promise<T>
  /** Prints a line. */
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
  // The line of a step stays open until its duration, or another line, follows.
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

/** For commands whose output other programs read. */
export const silentSteps: Steps = { step: (_sentence, work) => work(() => {}), say: () => {} }

export const consoleSteps: Steps = createSteps((text) => process.stdout.write(text))
