import { expect, test } from 'vitest'
import { securityTxt } from './security-txt'

const NOW = Date.parse('2026-11-30T18:00:00Z')

test('has the contact, an expiry in half a year, and its own address', async () => {
  const answer = securityTxt({ contact: 'security@example.com', origin: 'https://music.example' }, NOW)
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(await answer.text()).toBe(
    [
      'Contact: mailto:security@example.com',
      'Expires: 2027-05-30T00:00:00.000Z',
      'Preferred-Languages: en',
      'Canonical: https://music.example/.well-known/security.txt',
      '',
    ].join('\n'),
  )
})

test('the contact may be a page, and an unknown address of the site is left out', async () => {
  const text = await securityTxt({ contact: 'https://example.com/security', origin: undefined }, NOW).text()
  expect(text).toMatch(/^Contact: https:\/\/example\.com\/security\n/)
  expect(text).not.toContain('Canonical')
})

test('is missing without a contact', () =>
  expect(securityTxt({ contact: undefined, origin: 'https://music.example' }, NOW).status).toBe(404))
