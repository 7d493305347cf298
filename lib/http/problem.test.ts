import { expect, test } from 'vitest'
import { problem } from './problem'
import { problems } from './problems'

test('a problem has its type, its detail and each faulty field', async () => {
  const errors = [{ in: 'query' as const, field: 'sort', message: 'must be one of these', allowed: ['title'] }]
  const response = problem({
    kind: 'invalid-parameter',
    detail: 'sort must be one of these: title.',
    instance: '/api/v1/albums?sort=loudest',
    requestId: 'r1',
    errors,
  })
  expect(response.status).toBe(400)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('x-request-id')).toBe('r1')
  expect(await response.json()).toEqual({
    type: '/api/docs/problems#invalid-parameter',
    title: 'Invalid parameter',
    status: 400,
    detail: 'sort must be one of these: title.',
    instance: '/api/v1/albums?sort=loudest',
    requestId: 'r1',
    errors,
  })
})

test('a problem without faulty fields has no list of errors', async () => {
  const response = problem({
    kind: 'too-many-requests',
    detail: 'No more.',
    instance: '/api/v1/albums',
    requestId: 'r2',
    headers: { 'retry-after': '12' },
  })
  expect(response.headers.get('retry-after')).toBe('12')
  expect(await response.json()).not.toHaveProperty('errors')
})

test('every kind has an error status and a readable title', () => {
  for (const [name, { status, title, explanation }] of Object.entries(problems)) {
    expect(status, name).toBeGreaterThanOrEqual(400)
    expect(title).toMatch(/^[A-Z]/)
    expect(explanation).toMatch(/\.$/)
  }
})
