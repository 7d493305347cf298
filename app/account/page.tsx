import { accountMetadata } from '@/app/account-metadata'
import { KeyList } from '@/components/accounts/key-list'
import { NewKey } from '@/components/accounts/new-key'
import { Field } from '@/components/ui/form/field'
import { Form } from '@/components/ui/form/form'
import { PageHead } from '@/components/ui/page-head'
import { Section } from '@/components/ui/section'
import wrap from '@/components/ui/wrap.module.css'
import { signOutAction } from '@/lib/accounts/actions'
import { createKeyAction } from '@/lib/accounts/keys/actions'
import { listKeys } from '@/lib/accounts/keys/read'
import { changePasswordAction, deleteAccountAction, renameAction } from '@/lib/accounts/profile/actions'
import { requireUser } from '@/lib/accounts/sessions/current'
import styles from './account.module.css'

export const metadata = accountMetadata({
  title: 'Your account',
  description: 'Your name, your password and your API keys.',
  path: '/account',
})

export default async function AccountPage() {
  const user = await requireUser()
  const keys = await listKeys(user.id)
  return (
    <div className={wrap.wrap}>
      <PageHead title={user.name} note={user.role === 'operator' ? `${user.email}, operator` : user.email}>
        <Form action={signOutAction} submit="Sign out" />
      </PageHead>
      <Section title="API keys">
        <p className={styles.lead}>
          Programs that send a key, as <code>Authorization: Bearer syro_…</code>, have a higher rate limit: see the{' '}
          <a href="/api/docs#key">API documentation</a>. Create one key for each program, so that you can revoke it on
          its own.
        </p>
        <KeyList keys={keys} />
        <Form action={createKeyAction} submit="Create key" result={<NewKey />}>
          <Field name="name" label="Key name" autoComplete="off" hint="For example: Kitchen radio." maxLength={80} />
        </Form>
      </Section>
      <div className={styles.pair}>
        <Section title="Name">
          <Form action={renameAction} submit="Change name">
            <Field name="name" label="Name" autoComplete="name" value={user.name} maxLength={80} />
          </Form>
        </Section>
        <Section title="Password">
          <Form action={changePasswordAction} submit="Change password">
            {/* Tells password managers which account this is. */}
            <input type="text" name="username" autoComplete="username" value={user.email} readOnly hidden />
            <Field name="current" label="Current password" type="password" autoComplete="current-password" />
            <Field
              name="password"
              label="New password"
              type="password"
              autoComplete="new-password"
              hint="At least 10 characters. All other browsers are signed out; API keys keep working."
            />
          </Form>
        </Section>
      </div>
      <Section title="Delete account">
        <p className={styles.lead}>
          This permanently deletes your name, e-mail address, password and API keys. Programs that use your keys stop
          working immediately.
        </p>
        <Form action={deleteAccountAction} submit="Delete account permanently">
          <Field name="password" label="Password" type="password" autoComplete="current-password" />
        </Form>
      </Section>
    </div>
  )
}
