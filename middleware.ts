import { type NextRequest, NextResponse } from 'next/server'
import { gate } from '@/lib/api/gate'
import { Passed } from '@/lib/http/gate/gate'
import { isGated } from '@/lib/http/gate/gate-word'

/**
 * Every request to the API comes through here: lib/http/gate says what becomes of it. What server.ts hands on has been
 * through the gate there, where answers that are kept are sent without Next.js (lib/api/front.ts).
 */
export async function middleware(request: NextRequest): Promise<Response> {
  if (isGated(request.headers)) return NextResponse.next()
  const outcome = await gate.enter(request)
  if (!(outcome instanceof Passed)) {
    // Next.js takes none but absolute ones, and makes them relative again.
    const location = outcome.headers.get('location')
    if (location) outcome.headers.set('location', new URL(location, request.url).href)
    return outcome
  }
  return NextResponse.next({ request: { headers: outcome.requestHeaders }, headers: outcome.responseHeaders })
}

/** The reference is made of pages, which are kept for everybody. */
export const config = { matcher: ['/api', '/api/:path((?!docs(?:/|$)).*)'], runtime: 'nodejs' }
