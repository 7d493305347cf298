import { accountMetadata } from '@/app/account-metadata'
import { FormPage } from '@/components/accounts/form-page'
import { Field } from '@/components/ui/form/field'
import { Form } from '@/components/ui/form/form'
import { verifyAction } from '@/lib/accounts/actions'

export const metadata = accountMetadata({
  title: 'Confirm your e-mail address',
  description: 'Confirm the e-mail address of your account.',
  path: '/verify',
})

export default async function VerifyPage({ searchParams }: PageProps<'/verify'>) {
  const { token } = await searchParams
  const below = <a href="/sign-in">Sign in</a>
  if (typeof token !== 'string')
    return (
      <FormPage title="Confirm your e-mail address" below={below}>
        <p>Open the link in the e-mail we sent you.</p>
      </FormPage>
    )
  return (
    <FormPage
      title="Confirm your e-mail address"
      note={<p>Enter your password, so that only you can confirm this account.</p>}
      below={below}
    >
      <Form action={verifyAction} submit="Confirm and sign in" isMain>
        <input type="hidden" name="token" value={token} />
        <Field name="password" label="Password" type="password" autoComplete="current-password" />
      </Form>
    </FormPage>
  )
}
