'use server'

import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { sender } from '@/lib/accounts/client'
import { answerForm, type FormAnswer } from '@/lib/accounts/form'
import { Deletion, PasswordChange, Rename } from '@/lib/accounts/input'
import { beginIn, endIn, touchMarker } from '@/lib/accounts/sessions/cookies'
import { requireUser } from '@/lib/accounts/sessions/current'
import { deletedDeviceCookie } from '@/lib/accounts/sessions/device-cookie'
import { endSession } from '@/lib/accounts/sessions/sessions'
import { rename } from '@/lib/accounts/write'
import { changePassword, deleteOwnAccount } from './write'

/** Server actions of the account page. */

export async function renameAction(_before: FormAnswer, form: FormData): Promise<FormAnswer> {
  return answerForm(Rename, form, async (input) => {
    const user = await requireUser()
    await rename(user.id, input.name)
    await touchMarker()
    refresh()
    return { values: input, done: 'Your name has been changed.' }
  })
}

export async function changePasswordAction(_before: FormAnswer, form: FormData): Promise<FormAnswer> {
  return answerForm(PasswordChange, form, async (input) => {
    const { email } = await requireUser()
    const answer = await changePassword(input, { email, ...(await sender()) })
    if ('refused' in answer) return { faults: { current: answer.refused } }
    await beginIn(answer.cookies)
    return { done: 'Your password has been changed. All other browsers are signed out.' }
  })
}

export async function deleteAccountAction(_before: FormAnswer, form: FormData): Promise<FormAnswer> {
  return answerForm(Deletion, form, async (input) => {
    const { email } = await requireUser()
    const who = { email, ...(await sender()) }
    const refused = await deleteOwnAccount(input, who)
    if (refused) return { faults: { password: refused } }
    await endIn([...(await endSession(who.headers)), await deletedDeviceCookie(who.devices, email)])
    redirect('/sign-in?after=deletion')
  })
}
