import { text } from 'node:stream/consumers'
import { type Command, InvalidArgumentError } from 'commander'
import type { UserRole } from '@/lib/db/generated/enums'
import { AppError } from '@/lib/errors'
import { siteUrl } from '@/lib/http/site-url'
import type { Shell } from '@/lib/shell'
import { Email, NewPassword } from './input'
import { type AccountRow, listAccounts } from './read'
import { deleteAccount, markVerified, setRole } from './write'

export function addAccountCommands(program: Command, shell: Shell): void {
  const account = program.command('account').description('manage accounts')

  account
    .command('list')
    .description('list all accounts, oldest first')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }) =>
      shell.inDatabase(async () => {
        const accounts = await listAccounts()
        if (json) shell.console.log(JSON.stringify(accounts))
        else shell.console.log(accounts.length === 0 ? 'No accounts.' : accounts.map(describe).join('\n'))
      }),
    )

  const accountCommand = (name: string, description: string) =>
    account.command(name).description(description).argument('<e-mail>', 'the address of the account', toEmail)

  const setRoleOf = (role: UserRole) => (email: string) =>
    shell.inDatabase(async () => {
      expectAccount(email, await setRole(email, role))
      shell.console.log(`${email} is now ${withArticle[role]}.`)
    })
  accountCommand('promote', 'make a listener an operator').action(setRoleOf('operator'))
  accountCommand('demote', 'make an operator a listener again').action(setRoleOf('listener'))

  accountCommand('verify', 'mark an address as confirmed').action((email: string) =>
    shell.inDatabase(async () => {
      expectAccount(email, await markVerified(email))
      shell.console.log(`${email} is confirmed.`)
    }),
  )

  accountCommand('reset-password', 'print a link to set a new password; it works once, within an hour')
    .option('--stdin', 'read the new password from the standard input instead')
    .action((email: string, { stdin }: { stdin?: boolean }) =>
      shell.inDatabase(() => (stdin ? setPassword(email, shell) : printLink(email, shell))),
    )

  accountCommand('delete', 'delete an account with its sessions and keys').action((email: string) =>
    shell.inDatabase(async () => {
      expectAccount(email, await deleteAccount(email))
      shell.console.log(`${email} is deleted.`)
    }),
  )
}

const withArticle: Record<UserRole, string> = { operator: 'an operator', listener: 'a listener' }

const describe = ({ email, name, role, emailVerified, createdAt, keys }: AccountRow): string =>
  [
    createdAt.toISOString().slice(0, 10),
    role.padEnd(8),
    email,
    name,
    keys === 1 ? '1 key' : `${keys} keys`,
    emailVerified ? '' : 'not confirmed',
  ]
    .filter(Boolean)
    .join('  ')

/** Loaded on demand: it takes longer to load than the rest of the command line. */
const resets = () => import('./reset')

async function printLink(email: string, { console }: Shell): Promise<void> {
  const { makeResetToken } = await resets()
  const token = expectAccount(email, await makeResetToken(email))
  console.log(siteUrl(`/reset-password?${new URLSearchParams({ token })}`))
}

async function setPassword(email: string, { stdin, console }: Shell): Promise<void> {
  const [line = ''] = (await text(stdin)).split(/\r?\n/, 1)
  const password = NewPassword.safeParse(line)
  if (!password.success) throw new AppError('invalid', password.error.issues[0]?.message ?? '')
  const { makeResetToken, resetPassword } = await resets()
  const token = expectAccount(email, await makeResetToken(email))
  await resetPassword({ token, password: password.data })
  console.log(`${email} has a new password, and is signed out everywhere.`)
}

/** @throws AppError `not_found` if the account does not exist. */
function expectAccount<T>(email: string, found: T): Exclude<T, null | false> {
  if (found === null || found === false) throw new AppError('not_found', `No account found for ${email}.`)
  return found as Exclude<T, null | false>
}

function toEmail(given: string): string {
  const email = Email.safeParse(given)
  if (!email.success) throw new InvalidArgumentError('It must be an e-mail address.')
  return email.data
}
