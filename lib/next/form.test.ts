import { createRequire } from 'node:module'
import { expect, test, vi } from 'vitest'
import { isReadableForm } from './form'

const ID = `60${'ab'.repeat(20)}`
const BOUNDARY = '----WebKitFormBoundaryAbCdEf0123456789'
const SIGN_OUT = `00${'ab'.repeat(20)}`

const REF: [string, string][] = [
  ['$ACTION_REF_1', ''],
  ['$ACTION_1:0', `{"id":"${ID}","bound":"$@1"}`],
  ['$ACTION_1:1', '[{"fault":"$$5 is no name"}]'],
  ['$ACTION_KEY', 'k1'],
]
const EMAIL: [string, string] = ['email', 'ada@example.com']

function readable(fields: [string, string][] | string, action?: string): Promise<boolean> {
  if (typeof fields === 'string')
    return isReadableForm({ 'content-type': 'text/plain;charset=UTF-8', 'next-action': action }, Buffer.from(fields))
  const lines = fields.map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const type = `multipart/form-data; boundary=${BOUNDARY}`
  return isReadableForm(
    { 'content-type': type, 'next-action': action },
    Buffer.from(`${lines.join('')}--${BOUNDARY}--\r\n`),
  )
}

for (const [what, fields, action] of [
  ['without scripts', [...REF, EMAIL]],
  ['without scripts, for an action without arguments', [[`$ACTION_ID_${SIGN_OUT}`, '']]],
  [
    'with scripts',
    [
      ['_1_email', 'ada@example.com'],
      ['0', '[{},"$K1"]'],
    ],
    ID,
  ],
  [
    'with scripts, again',
    [
      ['_1_email', '$5'],
      ['0', '[{"values":{"email":"$$5"},"fault":"$undefined"},"$K1"]'],
    ],
    ID,
  ],
  ['with scripts, for an action without arguments', '[]', SIGN_OUT],
] as [string, [string, string][] | string, string?][])
  test(`a form is accepted: ${what}`, async () => expect(await readable(fields, action)).toBe(true))

for (const [what, fields, action] of [
  ['an invalid id', '[]', 'garbage'],
  ['an invalid id of an action that reads a form', [['0', '[{},"$K1"]']], 'garbage'],
  ['arguments that are not JSON', '{bad', SIGN_OUT],
  ['arguments for an action without arguments', '["x"]', SIGN_OUT],
  ['no form for an action that reads one', '[]', ID],
  ['a reference in place of arguments', '["$F1"]', ID],
  ['a form that is not JSON', [['0', '{bad']], ID],
  ['a text in place of a form', [['0', '["x","y"]']], ID],
  ['a reference in place of the previous state', [['0', '["$Q1","$K1"]']], ID],
  ['a reference inside the previous state', [['0', '[{"values":{"a":["$F1"]}},"$K1"]']], ID],
  [
    'fields of another form',
    [
      ['0', '[{},"$K1"]'],
      ['_2_email', 'x'],
    ],
    ID,
  ],
  ['no arguments', [EMAIL], ID],
  ['no action', [EMAIL]],
  ['an action without its previous state', [[`$ACTION_ID_${ID}`, ''], EMAIL]],
  ['two actions', [...REF, [`$ACTION_ID_${SIGN_OUT}`, '']]],
  ['a reference to nothing', [['$ACTION_REF_1', ''], EMAIL]],
  ['a reference that is not JSON', [REF[0], ['$ACTION_1:0', '{bad'], REF[2]]],
  ['a reference that binds nothing', [REF[0], ['$ACTION_1:0', `{"id":"${ID}","bound":null}`], REF[2]]],
  ['a reference that binds something else', [REF[0], ['$ACTION_1:0', `{"id":"${ID}","bound":"$@2"}`], REF[2]]],
  ['bound values that are not JSON', [REF[0], REF[1], ['$ACTION_1:1', '{bad']]],
  ['no bound value', [REF[0], REF[1], ['$ACTION_1:1', '[]']]],
  ['a bound reference', [REF[0], REF[1], ['$ACTION_1:1', '["$F1"]']]],
  ['deep nesting', [['0', '['.repeat(100_000)]], ID],
] as [string, [string, string][] | string, string?][])
  test(`a form is refused: ${what}`, async () => expect(await readable(fields, action)).toBe(false))

test('forms encoded by React are accepted', async () => {
  vi.stubGlobal(
    '__webpack_require__',
    Object.assign(() => {}, { u: () => {} }),
  )
  const client: unknown = createRequire(import.meta.url)(
    'next/dist/compiled/react-server-dom-webpack/client.browser.js',
  )
  const { encodeReply } = client as { encodeReply: (given: unknown[]) => Promise<FormData | string> }
  const form = new FormData()
  for (const [name, value] of [...REF, EMAIL, ['name', '$5']] as [string, string][]) form.append(name, value)
  for (const before of [{}, { values: { name: '$5' }, faults: { email: 'Wrong' }, fault: undefined }]) {
    const sent = new Response(await encodeReply([before, form]))
    const headers = { 'content-type': sent.headers.get('content-type') ?? '', 'next-action': ID }
    expect(await isReadableForm(headers, Buffer.from(await sent.arrayBuffer()))).toBe(true)
  }
  expect(await readable(String(await encodeReply([])), SIGN_OUT)).toBe(true)
  vi.unstubAllGlobals()
})

test('a request without an action is accepted', async () => {
  expect(await isReadableForm({ 'content-type': 'application/x-www-form-urlencoded' }, Buffer.from('a=b'))).toBe(true)
  expect(await isReadableForm({}, Buffer.from(''))).toBe(true)
})
