import type { IncomingHttpHeaders } from 'node:http'

/**
 * The encodings in which pages of this site send forms to server actions. Next.js answers a form that it can't decode with
 * a 500, and so does an action that gets other arguments than its own.
 */

/** The id of an action. Its first two digits say which arguments it reads: 00 none. */
const ID = /^[0-9a-f]{42}$/
const READS_NOTHING = /^00/

/** @returns false for a form that no page of this site sends. */
export async function isReadableForm(headers: IncomingHttpHeaders, body: Buffer): Promise<boolean> {
  const { 'content-type': type = '', 'next-action': action } = headers
  const isMultipart = type.toLowerCase().startsWith('multipart/form-data')
  try {
    const sent = isMultipart
      ? await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
      : body.toString()
    if (action !== undefined) return isCall(String(action), sent)
    return typeof sent === 'string' || isSubmission(sent)
  } catch {
    return false
  }
}

/** Whether a form was sent by a script: the arguments of the action as React encodes them, the form last. */
function isCall(id: string, sent: FormData | string): boolean {
  if (!ID.test(id)) return false
  if (typeof sent === 'string') return sent === '[]' && READS_NOTHING.test(id)
  const values = parsed(sent.get('0'))
  if (!Array.isArray(values)) return false
  const form = /^\$K([0-9a-f]{1,4})$/.exec(String(values.at(-1)))?.[1]
  if (form === undefined) return false
  const prefix = `_${Number.parseInt(form, 16)}_`
  return values.slice(0, -1).every(isPlain) && [...sent.keys()].every((name) => name === '0' || name.startsWith(prefix))
}

/** Whether a form was sent without scripts: its fields, and hidden ones that name the action. */
function isSubmission(sent: FormData): boolean {
  const names = [...sent.keys()].filter((name) => name.startsWith('$ACTION_') && name !== '$ACTION_KEY')
  const [first = '', ...others] = names
  if (/^\$ACTION_ID_00[0-9a-f]{40}$/.test(first)) return others.length === 0
  const number = /^\$ACTION_REF_(\d{1,4})$/.exec(first)?.[1]
  const [action, bound] = [`$ACTION_${number}:0`, `$ACTION_${number}:1`]
  if (number === undefined || others.join() !== [action, bound].join()) return false
  const values = parsed(sent.get(bound))
  return REFERENCE.test(String(sent.get(action))) && Array.isArray(values) && values.length === 1 && isPlain(values)
}

const REFERENCE = /^\{"id":"[0-9a-f]{42}","bound":"\$@1"\}$/

/** @throws a SyntaxError. */
const parsed = (value: FormDataEntryValue | null): unknown => JSON.parse(String(value))

/** Whether a value holds no references, which are strings that begin with a dollar sign ("$$" is one dollar sign). */
function isPlain(value: unknown): boolean {
  if (typeof value === 'string') return !value.startsWith('$') || value.startsWith('$$') || value === '$undefined'
  return typeof value !== 'object' || value === null || Object.values(value).every(isPlain)
}
