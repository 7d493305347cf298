import { env } from '@/lib/env'
import { securityTxt } from '@/lib/http/security-txt'
import { siteOrigin } from '@/lib/http/site-url'

// The contact may differ from where the site was built.
export const dynamic = 'force-dynamic'

export const GET = () => securityTxt({ contact: env.SECURITY_CONTACT, origin: env.SYRO_URL && siteOrigin }, Date.now())
