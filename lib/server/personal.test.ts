import { createHash } from 'node:crypto'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer, text } from 'node:stream/consumers'
import { afterEach, expect, test, vi } from 'vitest'
import { listenerOrigin } from '@/lib/cache/response/origin'
import { UNAVAILABLE_DIGEST } from '@/lib/errors'
import { createPageHeaders } from '@/lib/http/security-headers'
import { siteOrigin } from '@/lib/http/site-url'
import { createPersonal } from './personal'

const SCRIPT = 'say("hello")'
const pageHeaders = createPageHeaders(new Set([SCRIPT]), () => {})
const common = { 'x-content-type-options': 'nosniff' }
let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** A site whose pages are answered by `listener`. @returns its address. */
async function siteThat(listener: RequestListener, onError = () => {}): Promise<string> {
  const site = createServer(createPersonal({ origin: listenerOrigin(listener), headers: common, pageHeaders, onError }))
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

test('a page is sent complete, is never cached, and may run its own scripts', async () => {
  const body = `<!DOCTYPE html><script>${SCRIPT}</script>${'<p>Ada</p>'.repeat(500)}`
  const response = await fetch(await siteThat(page(body)), { headers: { 'accept-encoding': 'br' } })
  expect(await response.text()).toBe(body)
  expect(response.headers.get('content-encoding')).toBe('br')
  expect(response.headers.get('cache-control')).toBe('private, no-store')
  expect(response.headers.get('cache-status')).toBe('SyroMusic; fwd=bypass')
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(response.headers.getSetCookie()).toEqual(['a=1; HttpOnly', 'b=2'])
  expect(response.headers.get('content-security-policy')).toContain(
    `'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`,
  )
})

test('a form that can’t be processed now is shown again with a 503', async () => {
  const address = await siteThat(page(`<form>${UNAVAILABLE_DIGEST}</form>`))
  const headers = { origin: siteOrigin, 'sec-fetch-site': 'same-origin' }
  const sent = await fetch(address, { method: 'POST', headers })
  expect([sent.status, sent.headers.get('retry-after')]).toEqual([503, '5'])
  expect(await sent.text()).toBe(`<form>${UNAVAILABLE_DIGEST}</form>`)
  expect((await fetch(address)).status).toBe(200)
})

test('HEAD has the headers of the page and no body', async () => {
  const body = `<!DOCTYPE html>${'<p>Ada</p>'.repeat(500)}`
  const address = await siteThat((request, response) =>
    request.method === 'HEAD' ? void response.end() : page(body)(request, response),
  )
  const response = await fetch(address, { method: 'HEAD', headers: { 'accept-encoding': 'identity' } })
  expect(response.headers.get('content-length')).toBe(`${body.length}`)
  expect(await response.text()).toBe('')
})

test('the listener gets the cookies and the form, without Accept-Encoding', async () => {
  const address = await siteThat(async (request, response) => {
    const { cookie, host, 'accept-encoding': coding } = request.headers
    response.end(JSON.stringify([cookie, host, coding ?? null, await text(request)]))
  })
  const send = async (origin: string): Promise<unknown> =>
    (
      await fetch(address, {
        method: 'POST',
        headers: { cookie: 'session=1', origin, 'sec-fetch-site': 'same-origin' },
        body: 'name=Ada',
      })
    ).json()
  expect(await send(address)).toEqual(['session=1', new URL(address).host, null, 'name=Ada'])
  // The request comes through a proxy that changes the host.
  expect(await send(siteOrigin)).toEqual(['session=1', new URL(siteOrigin).host, null, 'name=Ada'])
})

test('a form of another site is refused before it reaches the listener', async () => {
  const listener = vi.fn()
  const address = await siteThat(listener)
  for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, {}] as Record<string, string>[]) {
    const response = await fetch(address, { method: 'POST', headers, body: 'name=Eve' })
    expect(response.status).toBe(403)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  }
  expect(listener).not.toHaveBeenCalled()
})

test('a malformed form gets a 400, not a server error', async () => {
  const listener = vi.fn()
  const address = await siteThat(listener)
  for (const [type, body] of [
    ['multipart/form-data; boundary=x', 'garbage'],
    ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1'],
    ['multipart/form-data', 'garbage'],
  ] as const) {
    const response = await fetch(address, { method: 'POST', headers: { origin: address, 'content-type': type }, body })
    expect(response.status).toBe(400)
  }
  expect(listener).not.toHaveBeenCalled()
})

test('the listener gets the complete form', async () => {
  const address = await siteThat(async (request, response) => {
    const { 'content-type': type = '' } = request.headers
    const form = await new Response(await buffer(request), { headers: { 'content-type': type } }).formData()
    response.end(JSON.stringify([...form]))
  })
  const body = new FormData()
  body.set(`$ACTION_ID_00${'0'.repeat(40)}`, '')
  body.set('name', 'Ada')
  body.set('long', 'x'.repeat(100_000))
  const response = await fetch(address, { method: 'POST', headers: { origin: address }, body })
  expect(await response.json()).toEqual([...body])
})

test('a page refuses other methods', async () => {
  const address = await siteThat(vi.fn())
  for (const method of ['PUT', 'DELETE', 'PATCH']) {
    const response = await fetch(address, { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS')
  }
  expect((await fetch(address, { method: 'OPTIONS' })).status).toBe(204)
})

test('a page that fails gives an error message, and the error is reported', async () => {
  const onError = vi.fn()
  const address = await siteThat(() => {
    throw new Error('The database is gone')
  }, onError)
  const response = await fetch(address)
  expect(response.status).toBe(503)
  expect(await response.text()).toContain('try again in a moment')
  expect(onError).toHaveBeenCalledOnce()
})
