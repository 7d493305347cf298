import { AppError } from '@/lib/errors'
import { type Input, STANDARD_INPUT } from './input'

/** Reads files as UTF-8. The error for another encoding guesses it and says how to convert the file. */

const NEWLINE = 0x0a

/**
 * The text of a file in chunks, without a byte order mark.
 * @throws AppError "invalid" with the line where the file is not UTF-8.
 */
export async function* readText({ name, chunks }: Input): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let lines = 0
  let isFirst = true
  for await (const chunk of chunks) {
    if (isFirst) refuseUtf16(name, chunk)
    isFirst = false
    const text = decode(decoder, chunk, () => notUtf8Error(name, lines + lineOfFault(chunk)))
    lines += count(chunk)
    if (text !== '') yield text
  }
  decode(decoder, undefined, () => notUtf8Error(name, lines + 1))
}

function decode(decoder: TextDecoder, chunk: Buffer | undefined, makeError: () => AppError): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined })
  } catch {
    throw makeError()
  }
}

/** The lines of a file, in batches, without line ends. A line longer than `maxLength` is `null` and not held in memory. */
export async function* readLines(
  input: Input,
  maxLength: number,
): AsyncGenerator<{ line: number; text: string | null }[]> {
  let line = 0
  let pieces: string[] = []
  let length = 0
  let isTooLong = false
  for await (const text of readText(input)) {
    const lines: { line: number; text: string | null }[] = []
    for (let start = 0; start < text.length; ) {
      const newline = text.indexOf('\n', start)
      const end = newline === -1 ? text.length : newline
      if (!isTooLong) {
        pieces.push(text.slice(start, end))
        length += end - start
        isTooLong = length > maxLength
        if (isTooLong) lines.push({ line: line + 1, text: null })
        else if (newline !== -1) lines.push({ line: line + 1, text: withoutReturn(pieces.join('')) })
      }
      if (isTooLong || newline !== -1) {
        pieces = []
        length = 0
      }
      if (newline !== -1) {
        line++
        isTooLong = false
      }
      start = end + 1
    }
    yield lines
  }
  if (length > 0) yield [{ line: line + 1, text: withoutReturn(pieces.join('')) }]
}

const withoutReturn = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text)

const count = (chunk: Buffer): number => {
  let lines = 0
  for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) lines++
  return lines
}

/** The first line of a chunk that is not UTF-8, from 1. A character cut off at the start belongs to line 1. */
function lineOfFault(chunk: Buffer): number {
  const lines = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  for (let start = 0; start < chunk.length; line++) {
    const newline = chunk.indexOf(NEWLINE, start)
    const end = newline === -1 ? chunk.length : newline + 1
    try {
      lines.decode(chunk.subarray(start, end), { stream: newline === -1 })
    } catch {
      if (start > 0) return line
    }
    start = end
  }
  return 1
}

const notUtf8Error = (name: string, line: number): AppError =>
  new AppError(
    'invalid',
    `${name}, line ${line}: the text is not UTF-8; it looks like Windows-1252 or Latin-1. ` +
      `Convert it: iconv -f WINDOWS-1252 -t UTF-8 ${name === STANDARD_INPUT ? '' : `${name} `}> converted`,
  )

/** UTF-16 begins with a byte order mark, or has a zero in every other byte of Latin text. */
function refuseUtf16(name: string, chunk: Buffer): void {
  const [first, second, third, fourth] = chunk
  const little = (first === 0xff && second === 0xfe) || (second === 0 && fourth === 0 && first !== 0)
  const big = (first === 0xfe && second === 0xff) || (first === 0 && third === 0 && second !== 0)
  if (little || big)
    throw new AppError(
      'invalid',
      `${name}, line 1: the text is not UTF-8; it looks like UTF-16. ` +
        `Convert it: iconv -f UTF-16${big ? 'BE' : 'LE'} -t UTF-8 ${name === STANDARD_INPUT ? '' : `${name} `}> converted`,
    )
}
