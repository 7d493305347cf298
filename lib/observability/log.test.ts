import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLog, log, takeConsole } from './log'

let lines: string[]
beforeEach(() => {
  lines = []
})
const write = (text: string) => void lines.push(text)

test('an event is one line of JSON with its level, time, request id, error and message', () => {
  const err = new TypeError('no such column', { cause: new Error('ended\nearly') })
  createLog(write, false).error({ requestId: 'abc-1', err }, 'Request failed')
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/^[^\n]+\n$/)
  const { time, err: logged, ...rest } = JSON.parse(lines[0] ?? '')
  expect(rest).toEqual({ level: 'error', requestId: 'abc-1', msg: 'Request failed' })
  expect(new Date(time).toISOString()).toBe(time)
  expect(logged).toMatchObject({ type: 'TypeError', message: 'no such column' })
  expect(logged.stack).toMatch(/^TypeError: no such column\n[\s\S]*\[cause\]: Error: ended/)
})

test('on a terminal an event is text, and control characters in it are not obeyed', () => {
  createLog(write, true).warn({ requestId: 'abc-1' }, 'The name is \u001b[2J\u202eolleh')
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d warn The name is �\[2J�olleh \(request abc-1\)\n$/)
  createLog(write, true).error({ err: new Error('gone') }, 'Request failed')
  expect(lines[1]).toMatch(/^\d\d:\d\d:\d\d error Request failed\nError: gone\n {4}at /)
})

test.each([
  ['connect ECONNREFUSED 127.0.0.1:5432', '127.0.0.1'],
  ['connect ECONNREFUSED ::1:5432', '::1'],
  ['from [2001:db8::1]:443', '2001:db8'],
  ['first\n203.0.113.9 was last', '203.0.113.9'],
  ['from ::ffff:192.0.2.1', '192.0.2.1'],
  ['postgresql://syro:hunter2@db.internal/music', 'hunter2'],
  ['Authorization: Bearer hunter2.abc', 'hunter2'],
  [`no key syro_${'hunter2'.repeat(7)}`, 'hunter2'],
  ['/reset-password?token=hunter2&x=1', 'hunter2'],
  ['sent {"password": "hunter2"}', 'hunter2'],
  ['cookie syro.session_token=hunter2; path=/', 'hunter2'],
  ['Key (email)=(ada@example.com) already exists', 'ada@'],
])('“%s” is written without %s', (text, secret) => {
  for (const isTerminal of [true, false]) {
    const target = createLog(write, isTerminal)
    target.error(text)
    target.error({ err: new Error(text) }, 'Request failed')
    target.error({ err: text, path: text }, 'Request failed')
  }
  expect(lines).toHaveLength(6)
  expect(lines.join('')).not.toContain(secret)
})

test('times, versions and code positions are no addresses', () => {
  const text = 'at 12:34:56 in pg@8.16.3/index.js:12:34 of std::vector'
  createLog(write, false).error(text)
  expect(JSON.parse(lines[0] ?? '').msg).toBe(text)
  expect(lines[0]).toMatch(/"time":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/)
})

test('of an error only its stack is written, and not what it holds', () => {
  const err = Object.assign(new Error('gone'), { client: { secretKey: 'hunter2' } })
  createLog(write, false).error({ err }, 'A database connection was lost')
  expect(lines[0]).toContain('Error: gone')
  expect(lines[0]).not.toContain('hunter2')
})

test('a long message and a long error are cut', () => {
  createLog(write, false).error({ err: new Error('x'.repeat(30_000)) }, 'Request failed')
  expect(lines[0]?.length).toBeLessThan(10_000)
})

const { error, warn } = console
afterEach(() => Object.assign(console, { error, warn }))

test('what libraries write to the console becomes entries, and repeated ones are counted', () => {
  const stderr = process.stderr.write
  process.stderr.write = (text: string | Uint8Array) => lines.push(String(text)) > 0
  try {
    const summarise = takeConsole()
    console.warn('%s is deprecated', 'This')
    for (let index = 0; index < 10; index++) console.error('⨯', new Error(`Page ${index} failed`))
    log.error('Something else')
    summarise()
  } finally {
    process.stderr.write = stderr
  }
  const text = lines.join('')
  expect(text).toContain('This is deprecated')
  expect(text.match(/"msg":"⨯"|error ⨯/g)).toHaveLength(3)
  expect(text).toContain('Something else')
  expect(text).toMatch(/Repeated 7 more times: ⨯ Error: Page # failed/)
})
