import { redirect } from 'next/navigation'
import { accountMetadata } from '@/app/account-metadata'
import { FormPage } from '@/components/accounts/form-page'
import { Field } from '@/components/ui/form/field'
import { Form } from '@/components/ui/form/form'
import { signInAction } from '@/lib/accounts/actions'
import { currentUser } from '@/lib/accounts/sessions/current'

export const metadata = accountMetadata({
  title: 'Sign in',
  description: 'Sign in to your account.',
  path: '/sign-in',
})

/** Messages by the action that redirected here. */
const notes: Record<string, string> = {
  'sign-up': 'Now sign in with your e-mail address and password.',
  reset: 'Your password has been changed. Sign in with the new one.',
  deletion: 'Your account has been deleted.',
}

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  if (await currentUser()) redirect('/account')
  const { after } = await searchParams
  const note = typeof after === 'string' && Object.hasOwn(notes, after) ? notes[after] : undefined
  return (
    <FormPage
      title="Sign in"
      note={note && <p role="status">{note}</p>}
      below={
        <>
          <a href="/sign-up">Create an account</a>
          <a href="/reset-password">Forgot your password?</a>
        </>
      }
    >
      <Form action={signInAction} submit="Sign in" isMain>
        <Field name="email" label="E-mail address" type="email" autoComplete="username" />
        <Field name="password" label="Password" type="password" autoComplete="current-password" />
      </Form>
    </FormPage>
  )
}
