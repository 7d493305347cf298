import { type NextRequest, NextResponse } from 'next/server'
import { createApiGate } from '@/lib/api/gate'
import { PassedRequest } from '@/lib/http/gate/gate'
import { isGated } from '@/lib/http/gate/gate-secret'

const gate = createApiGate()

/** The gate of the API for requests that have not passed it in server.ts (lib/api/front.ts), as in development. */
export async function middleware(request: NextRequest): Promise<Response> {
  if (isGated(request.headers)) return NextResponse.next()
  const outcome = await gate.enter(request)
  if (outcome instanceof PassedRequest)
    return NextResponse.next({ request: { headers: outcome.requestHeaders }, headers: outcome.responseHeaders })
  // Next.js takes absolute addresses only, and makes them relative again.
  const location = outcome.headers.get('location')
  if (location) outcome.headers.set('location', new URL(location, request.url).href)
  return outcome
}

/** The reference consists of pages, which are cached for everybody. */
export const config = { matcher: ['/api', '/api/:path((?!docs(?:/|$)).*)'], runtime: 'nodejs' }
