import type { OutsideClient } from '@/lib/enrichment/http/client'
import { OutsideFault } from '@/lib/enrichment/http/fault'
import { reportFailure, reportWell, takeTurn } from '@/lib/enrichment/pace/rate-limit'
import type { PacedClient } from '@/lib/enrichment/sources/source'
import type { Clock } from './clock'

/** Thrown instead of a request while the source is paused until `until`. */
export class SourcePaused extends Error {
  constructor(readonly until: Date) {
    super('The source is paused: it has failed several times in a row, or asked for a pause.')
    this.name = 'SourcePaused'
  }
}

/** A failed probe of a source that was down. It does not count against the job. */
export class ProbeFailed extends Error {
  constructor(readonly fault: OutsideFault) {
    super(fault.message, { cause: fault })
    this.name = 'ProbeFailed'
  }
}

/** The longest wait for a turn, in ms; a source may have asked for an hour. */
const MAX_WAIT_MS = 60_000

type PacedClientOptions = {
  name: string
  client: OutsideClient
  /** Between requests, in ms. */
  interval: number
  clock: Clock
}

/**
 * A client whose requests, and redirects to the same source, wait for their turn among all processes and report their
 * result to the circuit breaker.
 * @throws OutsideFault, ProbeFailed, SourcePaused; or the signal's reason.
 */
export function pacedClientOf({ name, client, interval, clock }: PacedClientOptions, signal: AbortSignal): PacedClient {
  const inTurn = async <Result>(request: (turn: () => Promise<void>) => Promise<Result>): Promise<Result> => {
    let isProbe: boolean | undefined
    const turn = async () => {
      if (isProbe === undefined) isProbe = await waitForTurn(false)
      else await waitForTurn(true)
    }
    try {
      const answer = await request(turn)
      await reportWell(name)
      return answer
    } catch (error) {
      if (!(error instanceof OutsideFault)) throw error
      if (!error.isOfSource) {
        if (error.isAnswer) await reportWell(name)
        throw error
      }
      await reportFailure(name, clock.now(), error.notBefore)
      throw isProbe ? new ProbeFailed(error) : error
    }
  }
  const waitForTurn = async (goesOn: boolean): Promise<boolean> => {
    for (;;) {
      signal.throwIfAborted()
      const now = clock.now()
      const turn = await takeTurn(name, interval, now, goesOn)
      if (turn.isMine) return turn.isProbe
      const wait = turn.at.getTime() - now.getTime()
      if (turn.isOpen || wait > MAX_WAIT_MS) throw new SourcePaused(turn.at)
      await clock.wait(wait, signal)
    }
  }
  return {
    json: (path, shape, ask = {}) => inTurn((turn) => client.json(path, shape, { ...ask, signal, turn })),
    get: (path, ask) => inTurn((turn) => client.get(path, { ...ask, signal, turn })),
    signal,
  }
}
