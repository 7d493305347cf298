import { redirect } from 'next/navigation'
import { accountMetadata } from '@/app/account-metadata'
import { FormPage } from '@/components/accounts/form-page'
import { Field } from '@/components/ui/form/field'
import { Form } from '@/components/ui/form/form'
import { signUpAction } from '@/lib/accounts/actions'
import { currentUser } from '@/lib/accounts/sessions/current'

export const metadata = accountMetadata({
  title: 'Create an account',
  description: 'Create an account to get API keys.',
  path: '/sign-up',
})

export default async function SignUpPage() {
  if (await currentUser()) redirect('/account')
  return (
    <FormPage
      title="Create an account"
      note={<p>You can browse without an account. An account lets you create API keys with a higher rate limit.</p>}
      below={<a href="/sign-in">Sign in to an existing account</a>}
    >
      <Form
        action={signUpAction}
        submit="Create an account"
        isMain
        after={
          <p>
            <a href="/">Go to the home page</a>
          </p>
        }
      >
        <Field name="name" label="Name" autoComplete="name" hint="Shown while you are signed in." maxLength={80} />
        <Field name="email" label="E-mail address" type="email" autoComplete="username" />
        <Field
          name="password"
          label="Password"
          type="password"
          autoComplete="new-password"
          hint="At least 10 characters. A few random words are easy to remember."
        />
      </Form>
    </FormPage>
  )
}
