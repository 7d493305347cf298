import { redirect } from 'next/navigation'
import { accountMetadata } from '@/app/account-metadata'
import { Entrance } from '@/components/accounts/entrance'
import { Field } from '@/components/ui/form/field'
import { Form } from '@/components/ui/form/form'
import { signUpAction } from '@/lib/accounts/actions'
import { currentUser } from '@/lib/accounts/sessions/current'

export const metadata = accountMetadata({
  title: 'Make an account',
  description: 'Make an account, and API keys with it.',
  path: '/sign-up',
})

export default async function SignUpPage() {
  if (await currentUser()) redirect('/account')
  return (
    <Entrance
      title="Make an account"
      note={<p>The catalogue is open to everybody. With an account you can make API keys, which may ask more often.</p>}
      below={<a href="/sign-in">I have an account already</a>}
    >
      <Form
        action={signUpAction}
        submit="Make an account"
        isMain
        after={
          <p>
            <a href="/">Go to the home page</a>
          </p>
        }
      >
        <Field name="name" label="Name" autoComplete="name" hint="As you want to be called here." maxLength={80} />
        <Field name="email" label="E-mail address" type="email" autoComplete="username" />
        <Field
          name="password"
          label="Password"
          type="password"
          autoComplete="new-password"
          hint="10 characters or more; a few words are easy to keep in mind."
        />
      </Form>
    </Entrance>
  )
}
