/** How much is measured. */
export type Scale = {
  /** Times that everything is measured. */
  rounds: number
  /** Of load on one address. */
  seconds: number
  /** Before what is measured of that, for compilers to be done. */
  warmSeconds: number
  /** Of load while an import runs beside, at a time. */
  besideSeconds: number
  /** Things of a kind whose statements are counted. */
  ofAKind: number
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

/** Times that warming is repeated where turns are short: until its compilers are done a site sends half as many. */
export const WARM_TIMES = 3

/** Requests at once that a page is asked with. */
export const CONCURRENCIES = [1, 16, 128] as const
/** Requests at once where there is one such number. */
export const USUAL = 16
/** Clients that ask for one cold page in the same moment. */
export const CROWD = 128
