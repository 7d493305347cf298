import { headers } from 'next/headers'
import { networkOf } from '@/lib/http/limits/network'
import { cookiesOf } from './sessions/sessions'

/** Who sends a form: the network that counts for limits, and the headers that hold the session. */
export async function sender(): Promise<{ address: string; headers: Headers }> {
  const sent = await headers()
  // lib/http/client-address.ts has put it there, alone.
  return { address: networkOf(sent.get('x-forwarded-for') ?? ''), headers: cookiesOf(sent) }
}
