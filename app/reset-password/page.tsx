import { accountMetadata } from '@/app/account-metadata'
import { Entrance } from '@/components/accounts/entrance'
import { Field } from '@/components/ui/form/field'
import { Form } from '@/components/ui/form/form'
import { requestResetAction, resetAction } from '@/lib/accounts/actions'
import { sendsMail } from '@/lib/accounts/auth'

export const metadata = accountMetadata({
  title: 'A new password',
  description: 'Choose a new password for your account.',
  path: '/reset-password',
})

export default async function ResetPasswordPage({ searchParams }: PageProps<'/reset-password'>) {
  const { token } = await searchParams
  const back = <a href="/sign-in">Back to sign in</a>
  if (typeof token === 'string')
    return (
      <Entrance title="A new password" below={<a href="/reset-password">Ask for another link</a>}>
        <Form action={resetAction} submit="Set the password" isMain>
          <input type="hidden" name="token" value={token} />
          <Field
            name="password"
            label="New password"
            type="password"
            autoComplete="new-password"
            hint="10 characters or more. Every browser that is signed in will be signed out."
          />
        </Form>
      </Entrance>
    )
  if (!sendsMail)
    return (
      <Entrance title="A new password" below={back}>
        <p>This site sends no mail. Whoever runs it can give you a link with which you choose a new password.</p>
      </Entrance>
    )
  return (
    <Entrance title="A new password" note={<p>We send you a link with which you choose it.</p>} below={back}>
      <Form
        action={requestResetAction}
        submit="Send the link"
        isMain
        after={
          <p>
            <a href="/">Go to the home page</a>
          </p>
        }
      >
        <Field name="email" label="E-mail address" type="email" autoComplete="username" />
      </Form>
    </Entrance>
  )
}
