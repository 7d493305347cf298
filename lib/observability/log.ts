import { isIPv4, isIPv6 } from 'node:net'
import { isatty } from 'node:tty'
import { format, inspect } from 'node:util'
import pino from 'pino'
import { escapeUnprintable, printable, printableLines } from './printable'
import { Repeats } from './repeats'

/**
 * The log of the running site, on stderr: one line of JSON an event, with level, time, message, and the request id and
 * the error where there are any. On a terminal the same is readable text. The output of commands is not part of it.
 */

const shared = globalThis as typeof globalThis & {
  /** Counts repeated entries, in a thread of the site. Next.js's copies of this module share it. */
  syroRepeats?: Repeats
}

/** Longest text in an entry, in characters: an error may hold a whole request. */
const MAX_LENGTH = 4_000

const described = (error: unknown) => {
  if (!(error instanceof Error))
    return { type: typeof error, message: typeof error === 'string' ? error : inspect(error) }
  return { type: error.name, message: clipped(error.message), stack: clipped(stackOf(error)) }
}

/** The stack of an error and of its causes. Other properties are left out: pg's errors hold the connection, with its key. */
function stackOf({ name, message, stack = `${name}: ${message}`, cause }: Error, depth = 0): string {
  return cause instanceof Error && depth < 5 ? `${stack}\n[cause]: ${stackOf(cause, depth + 1)}` : stack
}

function clipped(text: string): string {
  const rest = text.length - MAX_LENGTH
  return rest > 0 ? `${text.slice(0, MAX_LENGTH)}… (${rest} more characters)` : text
}

/** Secrets in texts of others: credentials in addresses, API keys, tokens and passwords, sessions. */
const SECRETS: [pattern: RegExp, replacement: string][] = [
  [/(\w:\/\/)[^\s/@"\\]*@/g, '$1[secret]@'],
  [/\bsyro_[0-9A-Za-z]{20,}/g, '[secret]'],
  [/(\b(?:Bearer|Basic) +)[\w.~+/=-]+/gi, '$1[secret]'],
  [/(\b\w*(?:token|password|secret)\w*(?:=|\\?": ?\\?"|: '))[^&;\s"'\\]+/gi, '$1[secret]'],
  [/\b[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b/gi, '[e-mail]'],
]

/** Text that may be an IP address. In JSON it may follow the escape of a line end. */
const MAY_BE_ADDRESS =
  /(?:(?<![\w:.])|(?<=\\[nrt]))(?:(?:\d{1,3}\.){3}\d{1,3}|[\da-f]*:[\da-f:]*:[\da-f:.]*[\da-f:])(?![\w])/gi

/** Text without secrets, e-mail addresses and IP addresses. */
const withoutSecrets = (text: string): string =>
  SECRETS.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text).replace(
    MAY_BE_ADDRESS,
    (candidate) => (isIPv4(candidate) || (isIPv6(candidate) && candidate !== '::') ? '[address]' : candidate),
  )

type Entry = {
  level: string
  time: string
  msg?: string
  requestId?: string
  err?: { message: string; stack?: string }
}

/** An entry for a terminal: "22:35:01 error The database is gone (request 1f0c…)", and the stack. */
function readable({ level, time, msg = '', requestId, err }: Entry): string {
  const head = `${time.slice(11, 19)} ${level} ${printable(msg)}${requestId ? ` (request ${requestId})` : ''}`
  return err ? `${head}\n${printableLines(err.stack ?? err.message)}\n` : `${head}\n`
}

/** @param write takes each entry with its line end. @param isTerminal whether people read it as it comes. */
export const createLog = (write: (text: string) => void, isTerminal: boolean) =>
  pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      serializers: { err: described },
      hooks: {
        logMethod(values, method) {
          const [details, message]: unknown[] = values
          const { err } = Object(details) as { err?: unknown }
          const text = err === undefined ? (message ?? details) : `${message} ${described(err).stack ?? err}`
          const repeats = shared.syroRepeats
          if (!repeats || repeats.take([text]) !== undefined) method.apply(this, values)
        },
      },
    },
    {
      write: (line: string) => {
        const clean = withoutSecrets(line.trimEnd())
        write(isTerminal ? readable(JSON.parse(clean)) : `${escapeUnprintable(clean)}\n`)
      },
    },
  )

/** Not `process.stderr.isTTY`, which a worker thread lacks. */
export const log = createLog((text) => process.stderr.write(text), isatty(2))

const WINDOW_MS = 60_000

/**
 * From now on repeated entries of this thread are only counted, and what Next.js and other libraries write to the console
 * as warnings and errors becomes entries of the log.
 * @returns a function that writes what is still counted.
 */
export function takeConsole(): () => void {
  const repeats = new Repeats()
  shared.syroRepeats = repeats
  const entryOf = (values: unknown[]) => {
    const err = values.find((each) => each instanceof Error)
    const words = values.filter((each) => each !== err)
    return [err ? { err } : {}, clipped(words.length > 0 ? format(...words) : (err?.message ?? ''))] as const
  }
  console.error = (...values) => log.error(...entryOf(values))
  console.warn = (...values) => log.warn(...entryOf(values))
  const summarise = () => {
    for (const line of repeats.summary()) log.error(line)
  }
  setInterval(summarise, WINDOW_MS).unref()
  return summarise
}
