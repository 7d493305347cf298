import { type NextRequest, NextResponse } from 'next/server'
import { findKey } from '@/lib/accounts/keys/find'
import { unchanged } from '@/lib/api/unchanged'
import { createGate, Passed } from '@/lib/http/gate/gate'

/** Every request to the API comes through here first: lib/http/gate says what becomes of it. */
const gate = createGate({ findKey, findUnchanged: unchanged, now: Date.now })

export async function middleware(request: NextRequest): Promise<Response> {
  const outcome = await gate(request)
  if (!(outcome instanceof Passed)) return outcome
  return NextResponse.next({ request: { headers: outcome.requestHeaders }, headers: outcome.responseHeaders })
}

export const config = { matcher: '/api/:path*', runtime: 'nodejs' }
