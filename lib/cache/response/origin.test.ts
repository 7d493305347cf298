import { expect, test } from 'vitest'
import { listenerOrigin } from './origin'

test('an answer brings its body and nothing else into another thread', async () => {
  const origin = listenerOrigin((_request, response) => {
    response.write('small')
    response.end(' body')
  })
  const { body } = structuredClone(await origin({ url: '/', headers: {} }))
  expect(Buffer.from(body).toString()).toBe('small body')
  expect(body.buffer.byteLength).toBe('small body'.length)
})
