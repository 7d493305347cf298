import { accountMetadata } from '@/app/account-metadata'
import { FormPage } from '@/components/accounts/form-page'
import { Field } from '@/components/ui/form/field'
import { Form } from '@/components/ui/form/form'
import { requestResetAction, resetAction } from '@/lib/accounts/actions'
import { sendsMail } from '@/lib/accounts/auth'

export const metadata = accountMetadata({
  title: 'Reset your password',
  description: 'Choose a new password for your account.',
  path: '/reset-password',
})

export default async function ResetPasswordPage({ searchParams }: PageProps<'/reset-password'>) {
  const { token } = await searchParams
  const back = <a href="/sign-in">Back to sign in</a>
  if (typeof token === 'string')
    return (
      <FormPage title="Choose a new password" below={<a href="/reset-password">Get another link</a>}>
        <Form action={resetAction} submit="Set new password" isMain>
          <input type="hidden" name="token" value={token} />
          <Field
            name="password"
            label="New password"
            type="password"
            autoComplete="new-password"
            hint="At least 10 characters. All browsers are signed out."
          />
        </Form>
      </FormPage>
    )
  if (!sendsMail)
    return (
      <FormPage title="Reset your password" below={back}>
        <p>This site cannot send e-mail. Ask its operator for a link to reset your password.</p>
      </FormPage>
    )
  return (
    <FormPage
      title="Reset your password"
      note={<p>We will e-mail you a link to choose a new password.</p>}
      below={back}
    >
      <Form
        action={requestResetAction}
        submit="Send reset link"
        isMain
        after={
          <p>
            <a href="/">Go to the home page</a>
          </p>
        }
      >
        <Field name="email" label="E-mail address" type="email" autoComplete="username" />
      </Form>
    </FormPage>
  )
}
