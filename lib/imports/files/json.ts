import { JSONParser } from '@streamparser/json'
import { AppError } from '@/lib/errors'
import type { Input } from './input'
import { readText } from './text'

/** An element of a list in a JSON file such as `{"Artist": [element, …], …}`. */
export type Element = {
  /** The key of its list. */
  table: string
  /** The line on which it ends. */
  line: number
  value: unknown
}

/** Characters of an element: more than any row has, few enough to hold in memory. */
const MAX_LENGTH = 1024 * 1024

/**
 * Reads the elements of the lists of a JSON file, one chunk of the file at a time.
 * @throws AppError "invalid" with the line where the file is not JSON.
 */
export async function* readTables(input: Input): AsyncGenerator<Element[]> {
  // The parser keeps no values, so memory does not grow with the file.
  const parser = new JSONParser({ paths: ['$.*.*'], keepStack: false })
  let elements: Element[] = []
  let line = 1
  let length = 0
  /** The line on which the current element begins. */
  let begin: number | undefined
  parser.onValue = ({ value, stack }) => {
    elements.push({ table: String(stack[1]?.key), line, value })
    length = 0
    begin = undefined
  }
  const parse = (step: () => void) => {
    try {
      step()
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new AppError('invalid', `${input.name}, line ${line}: this is not JSON: ${reason}`, { cause: error })
    }
  }
  for await (const text of readText(input)) {
    for (const [index, piece] of text.split('\n').entries()) {
      if (index > 0) line++
      if (/[^\s,[\]]/.test(piece)) begin ??= line
      length += piece.length
      if (!parser.isEnded || piece.trim() !== '') parse(() => parser.write(index > 0 ? `\n${piece}` : piece))
    }
    if (length > MAX_LENGTH)
      throw new AppError(
        'invalid',
        `${input.name}, line ${begin ?? line}: an element must have at most ${MAX_LENGTH.toLocaleString('en')} characters.`,
      )
    yield elements
    elements = []
  }
  if (!parser.isEnded)
    throw new AppError('invalid', `${input.name}, line ${line}: this is not JSON: the file is truncated.`)
  yield elements
}
