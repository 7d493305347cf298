/** What can be wrong with a request to somebody else's server. */
export type FaultKind =
  /** It led to where nothing is to be asked: an address inside, too many redirects, another protocol. */
  | 'refused'
  /** There is no connection. */
  | 'unreachable'
  /** It took too long. */
  | 'slow'
  /** The connection ended before the answer did. */
  | 'truncated'
  /** The answer is larger than what is taken. */
  | 'large'
  /** 429 or 503: it wants to be asked later. */
  | 'busy'
  /** Another 5xx. */
  | 'failing'
  /** What it said is not what was asked for. */
  | 'nonsense'
  /** A 4xx: it does not take the request. */
  | 'rejected'

/** Kinds that say something of the request alone; all others say that the source is not well. */
const ofRequest: readonly FaultKind[] = ['refused', 'large', 'rejected']

/** A request to somebody else's server that came to nothing. The message is a sentence for the operator. */
export class OutsideFault extends Error {
  /**
   * @param kind what was wrong.
   * @param notBefore when it asked to be asked again.
   */
  constructor(
    readonly kind: FaultKind,
    message: string,
    readonly notBefore: Date | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'OutsideFault'
  }

  /** Whether the source is not well, so that asking it for something else is likely to fail too. */
  get isOfSource(): boolean {
    return !ofRequest.includes(this.kind)
  }
}
