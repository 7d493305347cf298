/** The progress of a long run: a bar on a terminal, elsewhere a line every few seconds. */

/** Receives the progress of a run. Fractions are of the whole run, from 0 to 1; null if unknown. */
export type Progress = {
  read: (rows: number, fraction: number | null) => void
  /** The current step, and the fractions at its beginning and end. */
  step: (what: string, from: number, to: number) => void
}

type Screen = {
  isTerminal: boolean
  columns: number
  write: (text: string) => void
  now: () => number
  /** The name of the rows, "rows" by default. */
  unit?: string
}

const REDRAW_MS = 200
const LINE_MS = 5_000
const BAR = 24
/** Below this fraction, the remaining time can't be estimated. */
const TOO_EARLY = 0.02

/** @property end clears the bar for the next line. */
export type ShownProgress = Progress & { end: () => void }

export function showProgress(screen: Screen): ShownProgress {
  const meter = new Meter(screen.now, screen.unit ?? 'rows')
  const draw = screen.isTerminal
    ? () => screen.write(`\r\u001b[2K${meter.bar().slice(0, screen.columns - 1)}`)
    : () => screen.write(`${meter.line()}\n`)
  const every = screen.isTerminal ? REDRAW_MS : LINE_MS
  let last = screen.now()
  const drawAtTimes = () => {
    if (screen.now() - last < every) return
    last = screen.now()
    draw()
  }
  // The bar also moves during a long statement.
  const timer = setInterval(drawAtTimes, every).unref()
  return {
    read: (rows, fraction) => {
      meter.read(rows, fraction)
      drawAtTimes()
    },
    step: (what, from, to) => {
      meter.step(what, from, to)
      drawAtTimes()
    },
    end: () => {
      clearInterval(timer)
      if (screen.isTerminal) screen.write('\r\u001b[2K')
    },
  }
}

/** Computes the fraction, the rate and the remaining time of a run. */
class Meter {
  readonly #now: () => number
  readonly #started: number
  #what = 'Reading'
  #rows = 0
  /** The last fraction, its time, and the fraction at the end of the step. */
  #done: { from: number; at: number; to: number } | null = null

  constructor(
    now: () => number,
    private readonly unit: string,
  ) {
    this.#now = now
    this.#started = now()
  }

  read(rows: number, fraction: number | null): void {
    this.#rows = rows
    this.#done = fraction === null ? null : { from: fraction, at: this.#elapsed(), to: fraction }
  }

  step(what: string, from: number, to: number): void {
    this.#what = what
    this.#done = { from, at: this.#elapsed(), to }
  }

  bar(): string {
    const fraction = this.#fraction()
    const full = Math.round(BAR * (fraction ?? 0))
    return fraction === null ? this.line() : `${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${this.line()}`
  }

  line(): string {
    const fraction = this.#fraction()
    const seconds = this.#elapsed()
    const rate = Math.round(this.#rows / Math.max(seconds, 0.001))
    return [
      ...(fraction === null ? [] : [`${Math.floor(fraction * 100)}%`]),
      this.#what,
      `${this.#rows.toLocaleString('en')} ${this.unit}, ${rate.toLocaleString('en')} a second`,
      ...(fraction === null || fraction < TOO_EARLY
        ? []
        : [`${formatTime((seconds * (1 - fraction)) / fraction)} left`]),
    ].join(' · ')
  }

  #elapsed = (): number => (this.#now() - this.#started) / 1_000

  /** The fraction now, extrapolated from the last one up to the end of the step. */
  #fraction(): number | null {
    if (!this.#done) return null
    const { from, at, to } = this.#done
    return at === 0 ? from : Math.min(to, (from * this.#elapsed()) / at)
  }
}

function formatTime(seconds: number): string {
  const whole = Math.ceil(seconds)
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}
