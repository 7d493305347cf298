import { API, type Operation, READ } from '@/lib/http/api/contract'
import type { ApiRequest } from '@/lib/http/api/request'

/** The methods, cost and operation of a path of the API. */
export type Target = {
  /** The methods that the path has, besides OPTIONS. */
  methods: readonly string[]
  cost: 0 | 1
  /** The operation of path and method, where there is one. */
  operation?: Operation | undefined
  /** The address that the path redirects to. */
  redirect?: string
  /** Whether keys are left unread: the caller counts as an address. */
  ignoresKeys?: boolean
  /** Whether the path is certain to have nothing. */
  isMissing?: boolean
}

const REFERENCE: Target = { methods: READ, cost: 0, redirect: '/api/docs' }
/** Monitors call it even while keys can't be looked up. */
const HEALTH: Target = { methods: READ, cost: 0, ignoresKeys: true }

/** Paths of the API that are no operations. */
const others = new Map([
  ['/api', REFERENCE],
  ['/api/', REFERENCE],
  [`${API}/docs`, REFERENCE],
  [`${API}/docs/`, REFERENCE],
  ['/api/health', HEALTH],
  ['/api/health/', HEALTH],
])

/** A path of this version that may have nothing: its route says so. */
const UNKNOWN: Target = { methods: READ, cost: 1 }
/** A path of no version: nothing is charged for it. */
const MISSING: Target = { methods: READ, cost: 0, isMissing: true }

/** @param matched the request, where its path has operations. */
export const targetOf = (pathname: string, matched: ApiRequest | null): Target =>
  matched ?? others.get(pathname) ?? (pathname.startsWith(`${API}/`) ? UNKNOWN : MISSING)

/** The value of `Allow`. */
export const allowOf = ({ methods }: Target): string => [...methods, 'OPTIONS'].join(', ')
