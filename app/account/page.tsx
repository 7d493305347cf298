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
          A program that sends a key, as <code>Authorization: Bearer syro_…</code>, may ask more often than one that
          sends none; <a href="/api/docs#key">the API</a> tells how. Give each program a key of its own, so that you can
          revoke it alone.
        </p>
        <KeyList keys={keys} />
        <Form action={createKeyAction} submit="Make a key" result={<NewKey />}>
          <Field
            name="name"
            label="Name of a new key"
            autoComplete="off"
            hint="What it is for, such as: Kitchen radio."
            maxLength={80}
          />
        </Form>
      </Section>
      <div className={styles.pair}>
        <Section title="Name">
          <Form action={renameAction} submit="Change the name">
            <Field name="name" label="Name" autoComplete="name" value={user.name} maxLength={80} />
          </Form>
        </Section>
        <Section title="Password">
          <Form action={changePasswordAction} submit="Change the password">
            {/* Tells a password manager whose password it is. */}
            <input type="text" name="username" autoComplete="username" value={user.email} readOnly hidden />
            <Field name="current" label="Current password" type="password" autoComplete="current-password" />
            <Field
              name="password"
              label="New password"
              type="password"
              autoComplete="new-password"
              hint="10 characters or more. Every other browser will be signed out; keys go on working."
            />
          </Form>
        </Section>
      </div>
      <Section title="Delete the account">
        <p className={styles.lead}>
          Your name, your address, your password and your keys are deleted at once, for good. Programs that use one of
          the keys stop working.
        </p>
        <Form action={deleteAccountAction} submit="Delete the account for good">
          <Field name="password" label="Password" type="password" autoComplete="current-password" />
        </Form>
      </Section>
    </div>
  )
}
