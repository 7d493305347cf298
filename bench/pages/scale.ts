/** The extent of the measurements. */
export type Scale = {
  /** Rounds of each measurement. */
  rounds: number
  /** Seconds of load on one address. */
  seconds: number
  /** Seconds of load before that, in which code is compiled. */
  warmSeconds: number
  /** Seconds of load in each window during an import. */
  besideSeconds: number
  /** Pages of each kind whose statements are counted. */
  ofAKind: number
  /** Different pages of each kind in a round, one at a time. */
  coldPages: number
  /** Different pages of all kinds in a round, many at a time. */
  manyPages: number
  /** Addresses that the crawler requests. */
  crawled: number
  /** Songs in the small catalogue, to compare with. */
  smallSongs: number
  /** Songs that are imported while pages are served. */
  importedBeside: number
}

const full: Scale = {
  rounds: 3,
  seconds: 3,
  warmSeconds: 1,
  besideSeconds: 2,
  ofAKind: 5,
  coldPages: 100,
  manyPages: 400,
  crawled: 100_000,
  smallSongs: 10_000,
  importedBeside: 100_000,
}

const short: Scale = {
  rounds: 1,
  seconds: 1,
  warmSeconds: 0,
  besideSeconds: 1,
  ofAKind: 1,
  coldPages: 4,
  manyPages: 16,
  crawled: 64,
  smallSongs: 300,
  importedBeside: 300,
}

export const scaleOf = (isShort: boolean): Scale => (isShort ? short : full)

/** Repetitions of the warm-up where turns are short: until its code is compiled, a site serves half as many pages. */
export const WARM_TIMES = 3

/** Concurrent requests for a page. */
export const CONCURRENCIES = [1, 16, 128] as const
/** Concurrent requests in measurements at one level. */
export const USUAL = 16
/** Clients that request one uncached page at the same moment. */
export const CROWD = 128
