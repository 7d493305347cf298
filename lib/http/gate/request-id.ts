import { randomUUID } from 'node:crypto'

/** What programs make for ids: UUIDs, ULIDs, trace ids, base64. Nothing that could be markup, a path or a log line. */
const SANE = /^[A-Za-z0-9][A-Za-z0-9._:=+-]{0,127}$/

/** By which a request is spoken of, here and at the client: the client's own name for it, if that is sane. */
export const requestIdOf = (given: string | null | undefined): string =>
  given && SANE.test(given) ? given : randomUUID()
