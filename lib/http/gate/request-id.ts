import { randomUUID } from 'node:crypto'

/** The characters of UUIDs, ULIDs, trace ids and base64. None of them is markup, a path separator or a line end. */
const SANE = /^[A-Za-z0-9][A-Za-z0-9._:=+-]{0,127}$/

/** The id of a request, here and at the client: the client's own id if it is well-formed. */
export const requestIdOf = (given: string | null | undefined): string =>
  given && SANE.test(given) ? given : randomUUID()
