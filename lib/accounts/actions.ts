'use server'

import { redirect } from 'next/navigation'
import { sendsMail } from './auth'
import { sender } from './client'
import { type FormAnswer, readForm } from './form'
import { Reset, ResetRequest, SignIn, SignUp, Verification } from './input'
import { requestReset, resetPassword } from './reset'
import { beginIn, endIn } from './sessions/cookies'
import { endSession } from './sessions/sessions'
import { type SignedIn, signIn } from './sign-in'
import { signUp } from './sign-up'
import { verifyAddress } from './verify'

/** The forms that lead in and out of an account. */

export async function signInAction(_before: FormAnswer, form: FormData): Promise<FormAnswer> {
  const { input, again } = readForm(SignIn, form)
  if (!input) return again
  return enter(await signIn(input, (await sender()).address), again)
}

/** Lets somebody in, or says why not. */
async function enter(signedIn: SignedIn, again: FormAnswer): Promise<FormAnswer> {
  if ('refused' in signedIn) return { ...again, fault: signedIn.refused }
  await beginIn(signedIn.cookies)
  redirect('/account')
}

export async function signUpAction(_before: FormAnswer, form: FormData): Promise<FormAnswer> {
  const { input, again } = readForm(SignUp, form)
  if (!input) return again
  const refused = await signUp(input, (await sender()).address)
  if (refused) return { ...again, fault: refused }
  if (!sendsMail) redirect('/sign-in?after=sign-up')
  return { done: `We have sent a mail to ${input.email}. Open its link within a day, and you are in.` }
}

export async function requestResetAction(_before: FormAnswer, form: FormData): Promise<FormAnswer> {
  const { input, again } = readForm(ResetRequest, form)
  if (!input) return again
  const { refused } = await requestReset(input, (await sender()).address)
  if (refused) return { ...again, fault: refused }
  return { done: `If ${input.email} has an account, we have sent a link to it. It works for an hour.` }
}

export async function resetAction(_before: FormAnswer, form: FormData): Promise<FormAnswer> {
  const { input, again } = readForm(Reset, form)
  if (!input) return again
  if (!(await resetPassword(input)))
    return { fault: 'This link was used already, or is more than an hour old. Ask for another one.' }
  redirect('/sign-in?after=reset')
}

export async function verifyAction(_before: FormAnswer, form: FormData): Promise<FormAnswer> {
  const { input, again } = readForm(Verification, form)
  if (!input) return again
  return enter(await verifyAddress(input, (await sender()).address), again)
}

export async function signOutAction(): Promise<FormAnswer> {
  await endIn(await endSession((await sender()).headers))
  redirect('/')
}
