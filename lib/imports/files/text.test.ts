import { expect, test } from 'vitest'
import { inputOf } from '@/lib/imports/testing'
import { readLines, readText } from './text'

async function gather<T>(pieces: AsyncIterable<T>): Promise<T[]> {
  const gathered: T[] = []
  for await (const piece of pieces) gathered.push(piece)
  return gathered
}

const linesOf = async (content: string | Buffer, maxLength = 100) =>
  (await gather(readLines(inputOf(content), maxLength))).flat()

test('numbers lines from 1 and strips line ends', async () => {
  expect(await linesOf('a\r\nbé\n\nc')).toEqual([
    { line: 1, text: 'a' },
    { line: 2, text: 'bé' },
    { line: 3, text: '' },
    { line: 4, text: 'c' },
  ])
})

test('yields null for a line that is too long, and then the next line', async () => {
  expect(await linesOf(`a\n${'x'.repeat(1_000)}\nb\n${'x'.repeat(1_000)}`, 10)).toEqual([
    { line: 1, text: 'a' },
    { line: 2, text: null },
    { line: 3, text: 'b' },
    { line: 4, text: null },
  ])
})

test('yields null for a line that is too long before its end', async () => {
  const piece = Buffer.from('x'.repeat(20))
  let read = 0
  async function* endless() {
    yield Buffer.from('a\n')
    for (;;) {
      read++
      yield piece
    }
  }
  for await (const lines of readLines({ ...inputOf(''), chunks: endless() }, 100)) {
    if (!lines.some(({ text }) => text === null)) continue
    expect(lines).toEqual([{ line: 2, text: null }])
    break
  }
  expect(read).toBe(6)
})

test('joins characters that are split between chunks', async () => {
  for (const text of ['é', 'aé', '日本', 'a😀b😀']) expect((await gather(readText(inputOf(text)))).join('')).toBe(text)
})

test.each([
  ['a\nb\n\xff\nc', 3],
  ['\xff', 1],
  ['a\n\n\nü', 4],
])('%j, as Latin-1, is refused at line %i', async (text, line) => {
  await expect(linesOf(Buffer.from(text, 'latin1'))).rejects.toThrow(`test, line ${line}: the text is not UTF-8`)
})
