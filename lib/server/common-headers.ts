import { env } from '@/lib/env'
import { baseHeaders, strictTransportSecurity } from '@/lib/http/security-headers'

/** Headers of every response. TLS ends in front of this process, so the site's address tells whether there is any. */
export const commonHeaders: Record<string, string> = {
  ...baseHeaders,
  ...(env.SYRO_URL?.startsWith('https:') && { 'strict-transport-security': strictTransportSecurity }),
}
