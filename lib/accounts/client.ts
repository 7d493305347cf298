import { cookies, headers } from 'next/headers'
import { networkOf } from '@/lib/http/limits/network'
import { DEVICE_COOKIE } from './sessions/device'
import { cookiesOf } from './sessions/sessions'

/** The client that sent a form: network and browser for limits, and the headers with the session. */
export async function sender(): Promise<{ address: string; devices: string; headers: Headers }> {
  const sent = await headers()
  // Set by lib/http/client-address.ts alone.
  const address = networkOf(sent.get('x-forwarded-for') ?? '')
  const devices = (await cookies()).get(DEVICE_COOKIE)?.value ?? ''
  return { address, devices, headers: cookiesOf(sent) }
}
