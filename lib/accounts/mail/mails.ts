import { whoOf } from '@/lib/accounts/sign-in-attempts'
import { charge } from '@/lib/http/limits/limits'
import { siteUrl } from '@/lib/http/site-url'
import { enqueue } from './open'
import type { Mail } from './queue'

/** The mails that SyroMusic writes. Where none are sent, nothing comes of these. */

/** Their name is in none: whoever signs up somebody else's address could write to them with it. */
type Recipient = { email: string }

/** However often somebody asks for a mail to an address, its owner is not flooded. */
const MAILS = { name: 'mails', quota: 6, windowSeconds: 3_600 }

async function mail({ email }: Recipient, subject: string, paragraphs: Mail['paragraphs']): Promise<void> {
  const { allowed } = await charge(MAILS, whoOf(email))
  if (allowed) enqueue({ to: email, subject, paragraphs: ['Hello,', ...paragraphs] })
}

const linkTo = (path: string, token: string, label: string) => ({
  link: siteUrl(`${path}?${new URLSearchParams({ token })}`),
  label,
})

/** To whoever signed up: is it really their address? */
export const mailConfirm = (to: Recipient, token: string): Promise<void> =>
  mail(to, 'Confirm your address for SyroMusic', [
    'somebody, we hope you, signed up with this address. To confirm that it is yours, open this within a day and enter the password that you chose:',
    linkTo('/verify', token, 'Confirm this address'),
    'If it was not you, do nothing: without that password nothing comes of it.',
  ])

/** To whoever has an account already, and signed up once more. */
export const mailExisting = (to: Recipient): Promise<void> =>
  mail(to, 'You have an account at SyroMusic', [
    'somebody, we hope you, signed up with this address, but it has an account already. Nothing was changed. You can sign in:',
    { link: siteUrl('/sign-in'), label: 'Sign in' },
    'If you don’t know your password any more, choose a new one:',
    { link: siteUrl('/reset-password'), label: 'Choose a new password' },
  ])

/** To whoever forgot their password. */
export const mailReset = (to: Recipient, token: string): Promise<void> =>
  mail(to, 'Choose a new password for SyroMusic', [
    'somebody, we hope you, asked for a new password. Open this within an hour to choose it:',
    linkTo('/reset-password', token, 'Choose a new password'),
    'If it was not you, do nothing: your password stays as it is.',
  ])

/** To whoever has a new password, in case they don't know of it. */
export const mailChanged = (to: Recipient): Promise<void> =>
  mail(to, 'Your password for SyroMusic was changed', [
    'your password was changed, and every other browser was signed out.',
    'If it was not you, choose another one now:',
    { link: siteUrl('/reset-password'), label: 'Choose a new password' },
  ])
