'use server'

import { redirect } from 'next/navigation'
import { sendsMail } from './auth'
import { sender } from './client'
import { answerForm, type FormAnswer } from './form'
import { Reset, ResetRequest, SignIn, SignUp, Verification } from './input'
import { requestReset, resetPassword } from './reset'
import { beginIn, endIn, setAll } from './sessions/cookies'
import { endSession } from './sessions/sessions'
import { type SignInResult, signIn } from './sign-in'
import { signUp } from './sign-up'
import { verifyAddress } from './verify'

/** Server actions of the forms for sign-in, sign-up, reset and verification. */

export async function signInAction(_before: FormAnswer, form: FormData): Promise<FormAnswer> {
  return answerForm(SignIn, form, async (input, again) => enter(await signIn(input, await sender()), again))
}

/** Sets the session's cookies, or returns the error. */
async function enter(signedIn: SignInResult, again: FormAnswer): Promise<FormAnswer> {
  if ('refused' in signedIn) return { ...again, fault: signedIn.refused }
  await beginIn(signedIn.cookies)
  redirect('/account')
}

export async function signUpAction(_before: FormAnswer, form: FormData): Promise<FormAnswer> {
  return answerForm(SignUp, form, async (input, again) => {
    const refused = await signUp(input, (await sender()).address)
    if (refused) return { ...again, fault: refused }
    if (!sendsMail) redirect('/sign-in?after=sign-up')
    return { done: `We have sent an e-mail to ${input.email}. Open its link within a day to confirm your address.` }
  })
}

export async function requestResetAction(_before: FormAnswer, form: FormData): Promise<FormAnswer> {
  return answerForm(ResetRequest, form, async (input, again) => {
    const { refused } = await requestReset(input, (await sender()).address)
    if (refused) return { ...again, fault: refused }
    return {
      done: `If ${input.email} has an account, we have sent it a link to choose a new password. The link works for an hour.`,
    }
  })
}

export async function resetAction(_before: FormAnswer, form: FormData): Promise<FormAnswer> {
  return answerForm(Reset, form, async (input) => {
    const reset = await resetPassword(input, (await sender()).devices)
    if (!reset) return { fault: 'This link has been used or has expired. Request a new one.' }
    await setAll(reset.cookies)
    redirect('/sign-in?after=reset')
  })
}

export async function verifyAction(_before: FormAnswer, form: FormData): Promise<FormAnswer> {
  return answerForm(Verification, form, async (input, again) =>
    enter(await verifyAddress(input, await sender()), again),
  )
}

export async function signOutAction(): Promise<FormAnswer> {
  await endIn(await endSession((await sender()).headers))
  redirect('/')
}
