/**
 * Every kind of error that the API answers with. The type of a problem document (RFC 9457) is the address of its
 * explanation, which the API's reference page shows.
 */
export type ProblemKind = {
  status: number
  /** Short, and the same each time. */
  title: string
  /** What it means and what to do about it, for the reference page. */
  explanation: string
}

export const problems = {
  'malformed-request': {
    status: 400,
    title: 'Malformed request',
    explanation:
      'The address or the body can’t be read: a percent sign that is not followed by two hexadecimal digits, bytes that are not UTF-8, JSON that is cut off. Or the request has a body, and the address takes none with this method. Nothing was looked up and nothing was changed.',
  },
  'invalid-parameter': {
    status: 400,
    title: 'Invalid parameter',
    explanation:
      'A parameter is not known, or its value is not one that it may have. `errors` names each of them, says what is wrong, and lists the valid values where they can be listed.',
  },
  'invalid-cursor': {
    status: 400,
    title: 'Invalid cursor',
    explanation:
      'The cursor was not given out by this catalogue, or for another list: cursors are good for the filters and the order that they came with. Take `next` and `previous` as they are, or begin without a cursor.',
  },
  unauthorized: {
    status: 401,
    title: 'Unknown key',
    explanation:
      'The `Authorization` header holds no API key that is in use: it may be mistyped, or it was revoked. Send `Authorization: Bearer` and a key from your account page, or no such header at all.',
  },
  'key-required': {
    status: 401,
    title: 'API key required',
    explanation:
      'The request has no API key, and this operation needs one: that of an operator. Send `Authorization: Bearer` and the key.',
  },
  forbidden: {
    status: 403,
    title: 'Not allowed',
    explanation: 'The key is good, but its owner may not do this. Operators of the catalogue may.',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    explanation: 'There is nothing at this address: no such route, or nothing of this id.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    explanation: 'The address exists, but not for this method. `Allow` lists those that it has.',
  },
  'not-acceptable': {
    status: 406,
    title: 'Not acceptable',
    explanation:
      'The `Accept` header rules out everything that this address can send. All send `application/json`; lists send `application/x-ndjson` too.',
  },
  conflict: {
    status: 409,
    title: 'Conflict',
    explanation: 'It can’t be done in the state that things are in now. `detail` says which.',
  },
  'precondition-failed': {
    status: 412,
    title: 'Precondition failed',
    explanation:
      'Nothing was changed: `If-Match` names no current version, so it has changed since you read it, or `If-None-Match` rules out the version that there is. Read it again.',
  },
  'content-too-large': {
    status: 413,
    title: 'Content too large',
    explanation:
      'The body is larger than this address takes: 20 MiB for a picture whose `Content-Length` says how large it is, 1 MiB for anything else. The connection is closed.',
  },
  'address-too-long': {
    status: 414,
    title: 'Address too long',
    explanation: 'The path is longer than 2,048 characters, which no address here is.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'Unsupported media type',
    explanation:
      'The body is of a type that this address does not take, by its `Content-Type` or by its first bytes. `detail` says which it takes.',
  },
  'unprocessable-content': {
    status: 422,
    title: 'Unprocessable content',
    explanation:
      'The body is of a type that this address takes, and can’t be used: a picture that is cut off or broken, or takes more memory or time to decode than any should. Nothing was changed.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    explanation:
      'The limit of this window is used up. `Retry-After` says in how many seconds it begins anew. A key has a larger limit than an address without one; conditional requests that are answered with 304 cost nothing. Where `RateLimit` names `unknown-keys`, the address has sent too many keys that are none: mend the program that does.',
  },
  'header-too-large': {
    status: 431,
    title: 'Header too large',
    explanation: 'Address and header fields together are longer than 16 kB, which nothing here needs.',
  },
  'internal-error': {
    status: 500,
    title: 'Internal error',
    explanation:
      'Something went wrong on our side, and it has been written down under the request id. Try again; if it happens again, tell the operator that id.',
  },
  'not-implemented': {
    status: 501,
    title: 'Not implemented',
    explanation: 'No address here knows this method.',
  },
  unavailable: {
    status: 503,
    title: 'Unavailable for now',
    explanation:
      'The database can’t be reached, or the answer would take longer than anybody should wait. `Retry-After` says when to try again.',
  },
} as const satisfies Record<string, ProblemKind>

export type ProblemName = keyof typeof problems
