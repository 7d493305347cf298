/** Its own types are of an older version, which knew no preference among codings that a client likes equally. */
declare module 'negotiator' {
  export default class Negotiator {
    constructor(request: { headers: Record<string, string> })
    encoding(available: readonly string[], options?: { preferred: readonly string[] }): string | undefined
  }
}
