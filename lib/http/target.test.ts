import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { takeAbsoluteTarget } from './target'

function taken(url: string, host?: string) {
  const request = new IncomingMessage(new Socket())
  Object.assign(request, { url, headers: host === undefined ? {} : { host } })
  takeAbsoluteTarget(request)
  return [request.url, request.headers.host]
}

test.each([
  ['http://music.example/albums?page=2', '/albums?page=2'],
  ['HTTPS://music.example/', '/'],
  ['http://music.example', '/'],
  ['http://music.example?page=2', '/?page=2'],
])('%s is split into host and path', (url, path) => {
  expect(taken(url, 'other.example')).toEqual([path, 'music.example'])
})

test.each([
  '/albums',
  '/http://music.example/',
  '*',
  '',
  'ftp://music.example/',
  'http://',
  'http://me@music.example/',
])('“%s” is unchanged', (url) => expect(taken(url, 'here')).toEqual([url, 'here']))

test('a missing Host header stays missing', () => {
  expect(taken('http://music.example/albums')).toEqual(['/albums', undefined])
})
