/** Its own types are of an older version, which knew no preference among codings that a client likes equally. */
declare module 'negotiator' {
  export default class Negotiator {
    constructor(request: { headers: { 'accept-encoding'?: string; accept?: string } })
    encoding(available: readonly string[], options?: { preferred: readonly string[] }): string | undefined
    mediaType(available: readonly string[]): string | undefined
  }
}
