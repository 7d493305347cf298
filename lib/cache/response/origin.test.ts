import { expect, test } from 'vitest'
import { listenerOrigin } from './origin'

test('a response transfers only its body to another thread', async () => {
  const origin = listenerOrigin((_request, response) => {
    response.write('small')
    response.end(' body')
  })
  const { body } = structuredClone(await origin({ url: '/', headers: {} }))
  expect(Buffer.from(body).toString()).toBe('small body')
  expect(body.buffer.byteLength).toBe('small body'.length)
})
