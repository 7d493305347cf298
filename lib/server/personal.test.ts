import { createHash } from 'node:crypto'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test, vi } from 'vitest'
import { createPersonal } from './personal'

const common = { 'x-content-type-options': 'nosniff' }
let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** A site whose pages are answered by `listener`. @returns its address. */
async function siteThat(listener: RequestListener, onError = () => {}): Promise<string> {
  const site = createServer(createPersonal({ listener, headers: common, onError }))
  server = site
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(site.address() as AddressInfo).port}`
}

const page =
  (body: string): RequestListener =>
  (_request, response) => {
    response.setHeader('set-cookie', ['a=1; HttpOnly', 'b=2'])
    response.setHeader('cache-control', 'public, s-maxage=900')
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.write(body.slice(0, 10))
    response.end(body.slice(10))
  }

test('a page is sent whole, kept by nobody, and may run its own scripts', async () => {
  const script = 'say("hello")'
  const body = `<!DOCTYPE html><script>${script}</script>${'<p>Ada</p>'.repeat(500)}`
  const response = await fetch(await siteThat(page(body)), { headers: { 'accept-encoding': 'br' } })
  expect(await response.text()).toBe(body)
  expect(response.headers.get('content-encoding')).toBe('br')
  expect(response.headers.get('cache-control')).toBe('private, no-store')
  expect(response.headers.get('cache-status')).toBe('SyroMusic; fwd=bypass')
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(response.headers.getSetCookie()).toEqual(['a=1; HttpOnly', 'b=2'])
  expect(response.headers.get('content-security-policy')).toContain(
    `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  )
})

test('whoever answers sees the cookies and the form, and no wish for compression', async () => {
  const address = await siteThat(async (request, response) => {
    const { cookie, 'accept-encoding': coding } = request.headers
    response.end(JSON.stringify([cookie, coding ?? null, await text(request)]))
  })
  const response = await fetch(address, {
    method: 'POST',
    headers: { cookie: 'session=1', origin: address, 'sec-fetch-site': 'same-origin' },
    body: 'name=Ada',
  })
  expect(await response.json()).toEqual(['session=1', null, 'name=Ada'])
})

test('a form of another site is refused before anybody sees it', async () => {
  const listener = vi.fn()
  const address = await siteThat(listener)
  for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, {}] as Record<string, string>[]) {
    const response = await fetch(address, { method: 'POST', headers, body: 'name=Eve' })
    expect(response.status).toBe(403)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  }
  expect(listener).not.toHaveBeenCalled()
})

test('a page has no other methods', async () => {
  const address = await siteThat(vi.fn())
  for (const method of ['PUT', 'DELETE', 'PATCH']) {
    const response = await fetch(address, { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS')
  }
  expect((await fetch(address, { method: 'OPTIONS' })).status).toBe(204)
})

test('a page that fails is answered in words, and told', async () => {
  const onError = vi.fn()
  const address = await siteThat(() => {
    throw new Error('The database is gone')
  }, onError)
  const response = await fetch(address)
  expect(response.status).toBe(503)
  expect(await response.text()).toContain('try again in a moment')
  expect(onError).toHaveBeenCalledOnce()
})
