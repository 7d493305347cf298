import type { OutsideClient } from '@/lib/enrichment/http/client'
import { OutsideFault } from '@/lib/enrichment/http/fault'
import { reportFailure, reportWell, takeTurn } from '@/lib/enrichment/pace/turns'
import type { Asking } from '@/lib/enrichment/sources/source'
import type { Clock } from './clock'

/** A source that has failed too often, or asked for it, is left alone until `until`. Nothing was asked. */
export class LeftAlone extends Error {
  constructor(readonly until: Date) {
    super('It is left alone for a while: it has failed several times in a row, or asked for that.')
    this.name = 'LeftAlone'
  }
}

/** A request that was to see whether a source is back, and it isn't: that says nothing of what was asked for. */
export class ProbeFailed extends Error {
  constructor(readonly fault: OutsideFault) {
    super(fault.message, { cause: fault })
    this.name = 'ProbeFailed'
  }
}

/** Who waits for a turn waits no longer, in ms; a source may have asked for an hour. */
const LONGEST_WAIT = 60_000

type Paced = {
  name: string
  client: OutsideClient
  /** Between requests, in ms. */
  interval: number
  clock: Clock
}

/**
 * What a source asks with: each request, and each that a redirect to the source leads to, waits for its turn among all
 * processes, and how it went is reported.
 * @throws OutsideFault, ProbeFailed, LeftAlone; or the signal's reason.
 */
export function askingOf({ name, client, interval, clock }: Paced, signal: AbortSignal): Asking {
  const inTurn = async <Answer>(request: (turn: () => Promise<void>) => Promise<Answer>): Promise<Answer> => {
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
      if (turn.isOpen || wait > LONGEST_WAIT) throw new LeftAlone(turn.at)
      await clock.wait(wait, signal)
    }
  }
  return {
    json: (path, shape, ask = {}) => inTurn((turn) => client.json(path, shape, { ...ask, signal, turn })),
    get: (path, ask) => inTurn((turn) => client.get(path, { ...ask, signal, turn })),
    signal,
  }
}
