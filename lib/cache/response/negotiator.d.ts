/** The published types describe an older version, without the `preferred` option. */
declare module 'negotiator' {
  export default class Negotiator {
    constructor(request: { headers: { 'accept-encoding'?: string; accept?: string } })
    encoding(available: readonly string[], options?: { preferred: readonly string[] }): string | undefined
    mediaType(available: readonly string[]): string | undefined
  }
}
