import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { inlineScriptHashes, pageHeaders } from './security-headers'

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

test('inline scripts are named by their hash, once; data and files are not', () => {
  const html = `<script>one()</script><script src="/a.js" async></script><script type="module">two()</script>
    <script type="application/ld+json">{"@type":"MusicAlbum"}</script><SCRIPT id="x">one()</SCRIPT ><script>one()</script>
    <script id="src">three(\n)</script>`
  expect(inlineScriptHashes(html)).toEqual([hash('one()'), hash('two()'), hash('three(\n)')])
})

test('a page runs its own scripts only', () => {
  const { 'content-security-policy': policy } = pageHeaders('<script>one()</script>')
  const directives = Object.fromEntries((policy ?? '').split('; ').map((each) => each.split(/ (.*)/, 2)))
  expect(directives['script-src']).toBe(`'self' ${hash('one()')}`)
  expect(policy?.replace("style-src-attr 'unsafe-inline'", '')).not.toContain('unsafe')
})
