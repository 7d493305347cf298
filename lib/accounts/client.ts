import { cookies, headers } from 'next/headers'
import { networkOf } from '@/lib/http/limits/network'
import { DEVICE_COOKIE } from './sessions/device'
import { cookiesOf } from './sessions/sessions'

/** Who sends a form: the network and the browser that count for limits, and the headers that hold the session. */
export async function sender(): Promise<{ address: string; devices: string; headers: Headers }> {
  const sent = await headers()
  // lib/http/client-address.ts has put it there, alone.
  const address = networkOf(sent.get('x-forwarded-for') ?? '')
  const devices = (await cookies()).get(DEVICE_COOKIE)?.value ?? ''
  return { address, devices, headers: cookiesOf(sent) }
}
