/** What the gate does at an address of the API. */
export type Area = {
  /** Which methods there are, beside OPTIONS. */
  methods: readonly string[]
  /** Whether its requests are charged to whoever asks; those of others still tell where one stands. */
  charged: boolean
  /** Whether a key is looked at; where none is, whoever asks is an address. */
  asksWho: boolean
  /** What is here: a route, nothing, or the way to another address. */
  leads: 'on' | 'nowhere' | { to: string }
}

/** Of what is read alone. */
export const READ = ['GET', 'HEAD'] as const
const WRITE = ['PUT', 'DELETE'] as const

/** Whether a method changes something. */
export const isWrite = (method: string): boolean => WRITE.some((each) => each === method)

/** The first that fits counts. */
const areas: readonly (Area & { path: RegExp })[] = [
  { path: /^\/api(\/v1\/docs)?\/?$/, methods: READ, asksWho: true, charged: false, leads: { to: '/api/docs' } },
  { path: /^\/api\/v1(\/(rate-limit|openapi\.json)?)?$/, methods: READ, asksWho: true, charged: false, leads: 'on' },
  { path: /^\/api\/v1\/albums\/[^/]+\/artwork$/, methods: WRITE, asksWho: true, charged: true, leads: 'on' },
  { path: /^\/api\/v1(\/|$)/, methods: READ, asksWho: true, charged: true, leads: 'on' },
  // Monitors ask it, also while keys can't be looked up.
  { path: /^\/api\/health\/?$/, methods: READ, asksWho: false, charged: false, leads: 'on' },
]

/** No version of the API, so it is no request to one. */
const nowhere: Area = { methods: READ, asksWho: true, charged: false, leads: 'nowhere' }

export const areaOf = (pathname: string): Area => areas.find(({ path }) => path.test(pathname)) ?? nowhere

/** The value of `Allow`. */
export const allowOf = ({ methods }: Area): string => [...methods, 'OPTIONS'].join(', ')
