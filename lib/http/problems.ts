/**
 * Every kind of error that the API answers with. The type of a problem document (RFC 9457) is the address of its
 * explanation, which the API's reference page shows.
 */
export type ProblemKind = {
  status: number
  /** Short, and the same each time. */
  title: string
  /** The meaning, and what to do about it, for the reference page. */
  explanation: string
}

export const problems = {
  'malformed-request': {
    status: 400,
    title: 'Malformed request',
    explanation:
      'The address or the body is malformed: a percent sign without two hexadecimal digits, bytes that are not UTF-8, incomplete JSON. Or the request has a body, and the address takes none with this method. Nothing was read or changed.',
  },
  'invalid-parameter': {
    status: 400,
    title: 'Invalid parameter',
    explanation:
      'A parameter is unknown, or its value is invalid. `errors` names each, says what is wrong, and lists the valid values where that is possible.',
  },
  'invalid-cursor': {
    status: 400,
    title: 'Invalid cursor',
    explanation:
      'The cursor is not from this catalogue, or is for another list: a cursor is valid for the filters and the order that it came with. Use `next` and `previous` unchanged, or start without a cursor.',
  },
  unauthorized: {
    status: 401,
    title: 'Unknown key',
    explanation:
      'The `Authorization` header contains no valid API key: it may be mistyped or revoked. Send `Authorization: Bearer` and a key from your account page, or omit the header.',
  },
  'key-required': {
    status: 401,
    title: 'API key required',
    explanation:
      'This operation needs the API key of an operator, and the request has no key. Send `Authorization: Bearer` and the key.',
  },
  forbidden: {
    status: 403,
    title: 'Not allowed',
    explanation: 'The key is valid, but this operation is for operators of the catalogue.',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    explanation: 'There is nothing at this address: no such route, or no entity with this id.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    explanation: 'The address does not support this method. `Allow` lists the supported ones.',
  },
  'not-acceptable': {
    status: 406,
    title: 'Not acceptable',
    explanation:
      'The `Accept` header excludes every media type of this address. All addresses support `application/json`; lists also support `application/x-ndjson`.',
  },
  conflict: {
    status: 409,
    title: 'Conflict',
    explanation: 'The request conflicts with the current state, which `detail` describes.',
  },
  'precondition-failed': {
    status: 412,
    title: 'Precondition failed',
    explanation:
      'Nothing was changed: `If-Match` does not name the current version, so the resource has changed since you read it, or `If-None-Match` excludes the current version. Read the resource again.',
  },
  'content-too-large': {
    status: 413,
    title: 'Content too large',
    explanation:
      'The body is too large for this address: 20 MiB for a picture whose `Content-Length` says how large it is, 1 MiB for anything else. The connection is closed.',
  },
  'address-too-long': {
    status: 414,
    title: 'Address too long',
    explanation: 'The path is longer than 2,048 characters. No valid address is.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'Unsupported media type',
    explanation:
      'The media type of the body, by its `Content-Type` or its first bytes, is not supported here. `detail` lists the supported ones.',
  },
  'unprocessable-content': {
    status: 422,
    title: 'Unprocessable content',
    explanation:
      'The media type of the body is supported, but its content can’t be used: a picture that is incomplete or broken, or that takes too much memory or time to decode. Nothing was changed.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    explanation:
      'The rate limit of this window is used up. `Retry-After` has the seconds until the next window. A key has a larger limit than an address without one; conditional requests answered with 304 are free. If `RateLimit` names `unknown-keys`, the address has sent too many invalid keys: fix the client.',
  },
  'header-too-large': {
    status: 431,
    title: 'Header too large',
    explanation: 'The address and the headers together exceed 16 kB.',
  },
  'internal-error': {
    status: 500,
    title: 'Internal error',
    explanation:
      'An error on our side. It was logged with the request id. Try again; if it happens again, send the operator that id.',
  },
  'not-implemented': {
    status: 501,
    title: 'Not implemented',
    explanation: 'No address supports this method.',
  },
  unavailable: {
    status: 503,
    title: 'Temporarily unavailable',
    explanation:
      'The database can’t be reached, or the request would take too long. `Retry-After` says when to try again.',
  },
} as const satisfies Record<string, ProblemKind>

export type ProblemName = keyof typeof problems
