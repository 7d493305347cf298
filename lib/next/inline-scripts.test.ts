import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { judgeScripts } from './inline-scripts'

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
const known = new Set(['one()', 'two()', 'three(\n)'])

test('the state of a form is allowed as the first data', () => {
  const text = '(self.__next_f=self.__next_f||[]).push([0]);self.__next_f.push([2,[{"fault":"No"},"k1"]])'
  expect(judgeScripts(`<script>${text}</script>`, known).allowed).toEqual([hash(text)])
})

test('known scripts are allowed by their hash, once; data and files need none', () => {
  const html = `<script>one()</script><script src="/a.js" async></script><script type="module">two()</script>
    <script type="application/ld+json">{"@type":"MusicAlbum"}</script><SCRIPT id="x">one()</SCRIPT ><script>one()</script>
    <script id="src">three(\n)</script>`
  expect(judgeScripts(html, known)).toEqual({
    allowed: [hash('one()'), hash('two()'), hash('three(\n)')],
    blocked: [],
  })
})

for (const data of [
  '[0]',
  '[1,"1:\\"$Sreact.fragment\\"\\n"]',
  '[1,"\\u003c/script\\u003e"]',
  '[2,null]',
  '[3,"AAAA"]',
])
  test(`data of Next.js is allowed: ${data}`, () => {
    const text = `self.__next_f.push(${data})`
    expect(judgeScripts(`<script>${text}</script>`, known).allowed).toEqual([hash(text)])
  })

for (const text of [
  'alert(1)',
  '(self.__next_f=alert(1)).push([0]);self.__next_f.push([1])',
  '',
  'one();alert(1)',
  'self.__next_f.push([1,alert(1)])',
  'self.__next_f.push([1,"a"]);alert(1)',
  'self.__next_f.push([1,"a"],alert(1))',
  'self.__next_f.push([1,"a"]);alert([1])',
  'self.__next_f.push([1,`a`])',
  "self.__next_f.push([1,'a'])",
  'self.__next_f.push([1,"a",])',
  'self.__next_f.push({"a":1})',
  'self.__next_f.push()',
  'self.__next_f.push([1]//\n)',
  'alert(1);self.__next_f.push([1,"a"])',
  ' self.__next_f.push([1,"a"])',
])
  test(`any other script is blocked: ${text}`, () =>
    expect(judgeScripts(`<p>Ada</p><script>${text}</script>`, known)).toEqual({ allowed: [], blocked: [text] }))
