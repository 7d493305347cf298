/** Kinds of errors of a request to a source. */
export type FaultKind =
  /** A private address, too many redirects or another protocol. */
  | 'refused'
  /** The connection failed. */
  | 'unreachable'
  /** Timeout. */
  | 'slow'
  /** The connection ended before the response did. */
  | 'truncated'
  /** The response exceeds the size limit. */
  | 'large'
  /** 429 or 503. */
  | 'busy'
  /** 401, 403, 407 or 451: the source or a proxy denies access. */
  | 'closed'
  /** A 404 that is not the source's own: the address is wrong, or another server answers. */
  | 'misplaced'
  /** A 5xx or another unexpected status. */
  | 'failing'
  /** An unexpected response body. */
  | 'nonsense'
  /** 400, 414 or 422, or a 404 after a redirect. */
  | 'rejected'

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
 * @param isElsewhere whether a redirect led to another host: a 404 there concerns this one request, not the source.
 */
export const kindOfStatus = (status: number, isElsewhere: boolean): FaultKind => {
  const kind = ofStatus[status] ?? 'failing'
  return kind === 'misplaced' && isElsewhere ? 'rejected' : kind
}

/** Kinds that concern the request alone; all others are failures of the source. */
const ofRequest: readonly FaultKind[] = ['refused', 'large', 'rejected']

/** An error of a request to a source. The message is a sentence for the operator. */
export class OutsideFault extends Error {
  /**
   * @param notBefore the time of its Retry-After header.
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

  /** Whether the source itself fails, so that other requests are likely to fail too. */
  get isOfSource(): boolean {
    return !ofRequest.includes(this.kind)
  }

  /** Whether the source has responded and is healthy. */
  get isAnswer(): boolean {
    return this.kind === 'large' || this.kind === 'rejected'
  }
}
