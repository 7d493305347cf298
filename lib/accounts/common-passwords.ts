/** The first guesses of attackers with ten characters or more: rows of keys, and words followed by digits. */

const ROWS = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  '1qaz2wsx3edc4rfv5tgb6yhn',
  'qazwsxedcrfvtgbyhnujmik',
  'zaq12wsxcde34rfv',
]
const WORDS =
  /^(password|passwort|motdepasse|contrasena|qwerty|welcome|iloveyou|letmein|admin|administrator|syromusic|music)+[\W\d_]*$/

export function isCommonPassword(password: string): boolean {
  const text = password.toLowerCase()
  const isRepeated = /^(.{1,3})\1+.?.?$/u.test(text)
  return isRepeated || WORDS.test(text) || ROWS.some((row) => row.includes(text))
}
