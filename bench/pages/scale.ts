/** The extent of the measurements. */
export type Scale = {
  /** Rounds of each measurement. */
  rounds: number
  /** Seconds of load on one address; with 0, each connection sends one request. */
  seconds: number
  /** Seconds of load before that, in which code is compiled. */
  warmSeconds: number
  /** Seconds of load in each window during an import. */
  windowSeconds: number
  /** Pages of each kind whose statements are counted. */
  statementPages: number
  /** Different pages of each kind in a round, one at a time. */
  coldPages: number
  /** Different pages of all kinds in a round, many at a time. */
  manyPages: number
  /** Addresses that the crawler requests. */
  crawledPages: number
  /** Songs in the small catalogue, to compare with. */
  smallSongs: number
  /** Songs that are imported while pages are served. */
  importedSongs: number
}

const full: Scale = {
  rounds: 3,
  seconds: 3,
  warmSeconds: 1,
  windowSeconds: 2,
  statementPages: 5,
  coldPages: 100,
  manyPages: 400,
  crawledPages: 100_000,
  smallSongs: 10_000,
  importedSongs: 100_000,
}

const short: Scale = {
  rounds: 1,
  seconds: 0,
  warmSeconds: 0,
  windowSeconds: 0,
  statementPages: 1,
  coldPages: 1,
  manyPages: 4,
  crawledPages: 16,
  smallSongs: 300,
  importedSongs: 300,
}

export const scaleOf = (isShort: boolean): Scale => (isShort ? short : full)

/** Splits the load into turns of a second, because machines drift within seconds. @param perSecond repeats every turn. */
export const turnsOf = ({ rounds, seconds }: Scale, perSecond = 1): { turns: number; seconds: number } =>
  seconds > 0 ? { turns: rounds * seconds * perSecond, seconds: 1 } : { turns: rounds, seconds }

/** Repetitions of the warm-up where turns are short: until its code is compiled, a site serves half as many pages. */
export const WARM_TIMES = 3

/** Concurrent requests for a page. */
export const CONCURRENCIES = [1, 16, 128] as const
/** Concurrent requests in measurements at one level. */
export const DEFAULT_CONCURRENCY = 16
/** Clients that request one uncached page at the same moment. */
export const CROWD = 128
