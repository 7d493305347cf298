import { expect, test } from 'vitest'
import { hashPassword, verifyPassword } from './passwords'

test('verifies the right password only', async () => {
  const hash = await hashPassword('correct horse battery')
  expect(hash).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/)
  expect(hash).not.toContain('correct')
  expect(await verifyPassword({ hash, password: 'correct horse battery' })).toBe(true)
  expect(await verifyPassword({ hash, password: 'correct horse batterz' })).toBe(false)
})

test('hashes the same password differently each time', async () => {
  expect(await hashPassword('correct horse battery')).not.toBe(await hashPassword('correct horse battery'))
})

test('ignores Unicode normalisation', async () => {
  const hash = await hashPassword('cafe\u0301 au lait')
  expect(await verifyPassword({ hash, password: 'caf\u00e9 au lait' })).toBe(true)
})

test('verifies hashes with other costs', async () => {
  // RFC 7914, 12: scrypt("password", "NaCl", N = 1024, r = 8, p = 16, 64).
  const hash =
    '$scrypt$ln=10,r=8,p=16$TmFDbA$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWIurzDZLiKjiG/xCSedmDDaxyevuUqD7m2DYMvfoswGQA'
  expect(await verifyPassword({ hash, password: 'password' })).toBe(true)
  expect(await verifyPassword({ hash, password: 'Password' })).toBe(false)
})

test('throws for an invalid hash', async () => {
  await expect(verifyPassword({ hash: 'salt:key', password: 'password' })).rejects.toThrow('an unknown format')
})
