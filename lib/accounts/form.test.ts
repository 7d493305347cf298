import { expect, test } from 'vitest'
import { AppError, UNAVAILABLE_DIGEST } from '@/lib/errors'
import { answerForm } from './form'
import { SignUp } from './input'

const typed = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery' }

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}
const failing = (error: Error) => answerForm(SignUp, formOf(typed), () => Promise.reject(error))

test('an unavailable site keeps the input except the password', async () => {
  expect(await failing(new AppError('unavailable', 'Please try again in a few seconds.'))).toEqual({
    fault: 'Please try again in a few seconds.',
    values: { name: 'Ada', email: 'ada@example.com' },
    unavailable: UNAVAILABLE_DIGEST,
  })
  const lost = new Error('host=10.0.0.7', { cause: new AppError('unavailable', 'The connection is lost.') })
  expect((await failing(lost)).fault).toBe('Accounts can’t be reached right now. Please try again in a moment.')
})

test('throws other errors', async () => {
  await expect(failing(new Error('No such column'))).rejects.toThrow('No such column')
})

test('returns field errors without running the work', async () => {
  const answer = await answerForm(SignUp, formOf({ ...typed, email: 'ada' }), () => expect.fail('It was processed'))
  expect(Object.keys(answer.faults ?? {})).toEqual(['email'])
})
