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
  /** 401, 403, 407 or 451: it, or something before it, lets nobody in, or not this process. */
  | 'closed'
  /** A 404 that is not said as the source says it: the address is wrong, or something else answers there. */
  | 'misplaced'
  /** A 5xx, or another status that is no answer. */
  | 'failing'
  /** What it said is not what was asked for. */
  | 'nonsense'
  /** 400, 414 or 422: it does not take the request. Or it sent us to where there is nothing. */
  | 'rejected'

/** What a status that is no answer says. */
const ofStatus: Record<number, FaultKind> = {
  400: 'rejected',
  401: 'closed',
  403: 'closed',
  404: 'misplaced',
  407: 'closed',
  410: 'misplaced',
  414: 'rejected',
  422: 'rejected',
  429: 'busy',
  451: 'closed',
  503: 'busy',
}

/**
 * @param isElsewhere whether a redirect led away from the source: it knows the thing then, and it is that which is not
 * where it should be; all others may be.
 */
export const kindOfStatus = (status: number, isElsewhere: boolean): FaultKind => {
  const kind = ofStatus[status] ?? 'failing'
  return kind === 'misplaced' && isElsewhere ? 'rejected' : kind
}

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

  /** Whether the source has answered, and is well. */
  get isAnswer(): boolean {
    return this.kind === 'large' || this.kind === 'rejected'
  }
}
