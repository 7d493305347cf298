import { z } from 'zod'
import { isCommonPassword } from './common-passwords'
import { PASSWORD_LENGTH } from './passwords'

/** The schemas of account forms, with their error messages. */

/** RFC 5321, 4.5.3.1.3, without the angle brackets. */
const MAX_EMAIL = 254
const MAX_NAME = 80
/** No control characters, nor those that change the direction of text. */
const PRINTABLE = /^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u

export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email({ error: 'Enter an e-mail address, such as ada@example.com.' }))
  .refine((email) => email.length <= MAX_EMAIL, { error: `Use an address of at most ${MAX_EMAIL} characters.` })

const named = (what: string, example: string) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim())
    .pipe(
      z
        .string()
        .min(1, { error: `Enter ${what}, such as ${example}.` })
        .max(MAX_NAME, { error: `Use at most ${MAX_NAME} characters.` })
        .regex(PRINTABLE, { error: 'Use letters, digits and punctuation.' }),
    )

export const NewPassword = z
  .string()
  .min(PASSWORD_LENGTH.min, {
    error: `Use at least ${PASSWORD_LENGTH.min} characters. A few words are easy to remember.`,
  })
  .max(PASSWORD_LENGTH.max, { error: `Use at most ${PASSWORD_LENGTH.max} characters.` })
  .refine((password) => !isCommonPassword(password), {
    error: 'This password is too common. Choose another one.',
  })

const GivenPassword = z.string().min(1, { error: 'Enter your password.' })

export const SignIn = z.object({ email: Email, password: GivenPassword })

export const SignUp = z
  .object({ name: named('your name', 'Ada'), email: Email, password: NewPassword })
  .refine(({ name, email, password }) => ![name.toLowerCase(), email].includes(password.toLowerCase()), {
    path: ['password'],
    error: 'Choose a password other than your name and your e-mail address.',
  })

export const ResetRequest = z.object({ email: Email })
export const Reset = z.object({ token: z.string(), password: NewPassword })
export const Verification = z.object({ token: z.string(), password: GivenPassword })
export const Rename = z.object({ name: named('your name', 'Ada') })
export const PasswordChange = z.object({ current: GivenPassword, password: NewPassword })
export const Deletion = z.object({ password: GivenPassword })
export const NewKey = z.object({ name: named('a name for the key', 'Kitchen radio') })
export const RevokedKey = z.object({ id: z.coerce.number().int().positive() })
