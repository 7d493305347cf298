'use server'

import { refresh } from 'next/cache'
import { sender } from '@/lib/accounts/client'
import { answerForm, type FormAnswer } from '@/lib/accounts/form'
import { NewKey, RevokedKey } from '@/lib/accounts/input'
import { requireUser } from '@/lib/accounts/sessions/current'
import { attempt } from '@/lib/accounts/sign-in-attempts'
import { AppError } from '@/lib/errors'
import { createKey, revokeKey } from './write'

/** Server actions of API keys. */

export async function createKeyAction(_before: FormAnswer, form: FormData): Promise<FormAnswer> {
  return answerForm(NewKey, form, async (input, again) => {
    const user = await requireUser()
    const { address } = await sender()
    const { refused } = await attempt('key', { email: user.email, address })
    if (refused) return { ...again, fault: refused }
    try {
      const secret = await createKey(user.id, input.name)
      refresh()
      return {
        done: `This is your new key “${input.name}”. It is shown only once: copy it now and keep it secret.`,
        secret,
      }
    } catch (error) {
      if (error instanceof AppError && error.code === 'conflict') return { ...again, faults: { name: error.message } }
      throw error
    }
  })
}

export async function revokeKeyAction(_before: FormAnswer, form: FormData): Promise<FormAnswer> {
  return answerForm(RevokedKey, form, async (input) => {
    const user = await requireUser()
    // A key that was revoked in another window disappears when the page is rendered again.
    await revokeKey(user.id, input.id)
    refresh()
    return {}
  })
}
