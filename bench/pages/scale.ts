/** How much is measured. */
export type Scale = {
  /** Times that everything is measured. */
  rounds: number
  /** Of load on one address. */
  seconds: number
  /** Different pages of a kind, one at a time, in a round. */
  coldPages: number
  /** Different pages of all kinds, many at a time, in a round. */
  manyPages: number
  /** Addresses that a crawler asks for. */
  crawled: number
  /** Of the small catalogue that a large one is held against. */
  smallSongs: number
  /** That are imported while pages are served. */
  importedBeside: number
}

const full: Scale = {
  rounds: 5,
  seconds: 4,
  coldPages: 150,
  manyPages: 800,
  crawled: 100_000,
  smallSongs: 10_000,
  importedBeside: 100_000,
}

const short: Scale = {
  rounds: 1,
  seconds: 1,
  coldPages: 4,
  manyPages: 16,
  crawled: 64,
  smallSongs: 300,
  importedBeside: 300,
}

export const scaleOf = (isShort: boolean): Scale => (isShort ? short : full)

/** Requests at once that a page is asked with. */
export const CONCURRENCIES = [1, 16, 128] as const
/** Requests at once where there is one such number. */
export const USUAL = 16
/** Clients that ask for one cold page in the same moment. */
export const CROWD = 128
