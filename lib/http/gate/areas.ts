/** What the gate does at an address of the API. */
export type Area = {
  path: RegExp
  /** Which methods there are, beside OPTIONS. */
  methods: readonly string[]
  /** Whether its requests are charged to whoever asks; of those that say no, `limited` ones still tell where one stands. */
  charged: boolean
  /** Whether it asks who is there, and tells where they stand. */
  limited: boolean
}

const READ = ['GET', 'HEAD'] as const

/** The first that fits counts; where none does there is nothing. */
const areas: readonly Area[] = [
  { path: /^\/api\/v1\/(rate-limit|openapi\.json|docs)$/, methods: READ, limited: true, charged: false },
  { path: /^\/api\/v1(\/|$)/, methods: READ, limited: true, charged: true },
  { path: /^\/api\/(docs|health)(\/|$)/, methods: READ, limited: false, charged: false },
]

export const areaOf = (pathname: string): Area | undefined => areas.find(({ path }) => path.test(pathname))

/** The value of `Allow`. */
export const allowOf = ({ methods }: Area): string => [...methods, 'OPTIONS'].join(', ')
