import { RequestFault } from './fault'

/** The entity tags of a header field (RFC 9110, 8.8.3), each with whether it is weak. */
const TAGS = /(W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g

const tagsOf = (field: string) =>
  [...field.matchAll(TAGS)].map(([, weak, tag]) => ({ tag, isWeak: weak !== undefined }))

/**
 * Checks the conditions of a write (RFC 9110, 13.2.2): `If-Match` by strong comparison, `If-None-Match` by weak.
 * @param current the strong entity tag of the resource that the write would change; null where there is none.
 * @throws RequestFault "precondition-failed" where the write must not happen.
 */
export function checkPreconditions(headers: Headers, current: string | null): void {
  const match = headers.get('if-match')
  if (match !== null) {
    const matches =
      match.trim() === '*' ? current !== null : tagsOf(match).some(({ tag, isWeak }) => !isWeak && tag === current)
    if (!matches) throw failed('If-Match', 'does not match', current)
  }
  const noneMatch = headers.get('if-none-match')
  if (noneMatch !== null) {
    const matches = noneMatch.trim() === '*' ? current !== null : tagsOf(noneMatch).some(({ tag }) => tag === current)
    if (matches) throw failed('If-None-Match', 'matches', current)
  }
}

function failed(field: string, what: string, current: string | null): RequestFault {
  const message = `${what}: ${current === null ? 'there is no version' : `the current version is ${current}`}`
  return new RequestFault('precondition-failed', `${field} ${message}.`, [{ in: 'header', field, message }])
}
