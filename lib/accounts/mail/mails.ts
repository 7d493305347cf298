import { emailKey } from '@/lib/accounts/sign-in-attempts'
import { charge } from '@/lib/http/limits/limits'
import { siteUrl } from '@/lib/http/site-url'
import { enqueue } from './open'
import type { Mail } from './queue'

/** Mails contain no name: a stranger could sign up another's address and use the name as a message. */
type Recipient = { email: string }

/** Limits mails per address. */
const MAILS = { name: 'mails', quota: 6, windowSeconds: 3_600 }

async function mail({ email }: Recipient, subject: string, paragraphs: Mail['paragraphs']): Promise<void> {
  const { allowed } = await charge(MAILS, emailKey(email))
  if (allowed) enqueue({ to: email, subject, paragraphs: ['Hello,', ...paragraphs] })
}

const linkTo = (path: string, token: string, label: string) => ({
  link: siteUrl(`${path}?${new URLSearchParams({ token })}`),
  label,
})

/** Asks a new user to confirm the address. */
export const mailConfirm = (to: Recipient, token: string): Promise<void> =>
  mail(to, 'Confirm your address for SyroMusic', [
    'someone, hopefully you, signed up with this address. To confirm it, open this link within a day and enter your password:',
    linkTo('/verify', token, 'Confirm this address'),
    'If it was not you, ignore this e-mail: nothing happens without the password.',
  ])

/** Sent if the address of a sign-up already has an account. */
export const mailExisting = (to: Recipient): Promise<void> =>
  mail(to, 'You have an account at SyroMusic', [
    'someone, hopefully you, signed up with this address, but it already has an account. Nothing was changed. You can sign in:',
    { link: siteUrl('/sign-in'), label: 'Sign in' },
    'If you have forgotten your password, choose a new one:',
    { link: siteUrl('/reset-password'), label: 'Choose a new password' },
  ])

/** Sent after a request to reset the password. */
export const mailReset = (to: Recipient, token: string): Promise<void> =>
  mail(to, 'Choose a new password for SyroMusic', [
    'someone, hopefully you, requested a new password. To choose it, open this link within an hour:',
    linkTo('/reset-password', token, 'Choose a new password'),
    'If it was not you, ignore this e-mail: your password stays the same.',
  ])

/** Tells the owner of an account that its password was changed. */
export const mailChanged = (to: Recipient): Promise<void> =>
  mail(to, 'Your password for SyroMusic was changed', [
    'your password was changed, and every other browser was signed out.',
    'If it was not you, choose another one now:',
    { link: siteUrl('/reset-password'), label: 'Choose a new password' },
  ])
