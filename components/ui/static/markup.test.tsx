import fc from 'fast-check'
import { createElement, type ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { markupOf } from './markup'

const Named = ({ name, children }: { name: string; children?: ReactNode }) => (
  <b title={name}>
    {name}
    {children}
  </b>
)

const drawn: Record<string, ReactNode> = {
  'an element': <p className="note">Words</p>,
  nothing: [null, undefined, false, true, ''],
  'a number': <td>{0}</td>,
  'neighbouring texts': (
    <p>
      {'a'}
      {'b'} {1}
    </p>
  ),
  components: (
    <Named name="one">
      <Named name={'"two" & <three>'} />
    </Named>
  ),
  'a fragment in a list': [<Named key="a" name="a" />, ['b', <i key="c">c</i>]],
  'a picture': (
    <picture
      style={{ backgroundColor: '#102030', backgroundImage: 'url(data:image/webp;base64,UklGRkAAAABXRUJQVlA4/+=)' }}
    >
      <source type="image/avif" srcSet="/artwork/a/96.avif 96w, /artwork/a/250.avif 250w" sizes="3rem" />
      <img
        src="/artwork/a/96.webp"
        srcSet="/artwork/a/96.webp 96w"
        sizes="(width < 40rem) 50vw, 20vw"
        width={96}
        height={96}
        alt=""
        loading="eager"
        fetchPriority="high"
        decoding="async"
      />
    </picture>
  ),
  attributes: (
    <th scope="row" id="x" dir="auto" className={undefined} data-turn={0} data-on={false}>
      <a href="/songs/a?page=2&sort=title" rel="next" aria-current="page" aria-label={undefined}>
        <bdi>
          Ünïcode <mark>😀</mark>
        </bdi>
      </a>
      <svg data-palette={3} aria-hidden="true">
        <use href="/covers.svg#arcs" />
      </svg>
    </th>
  ),
}

for (const [what, node] of Object.entries(drawn))
  test(`renders ${what} like React`, () => expect(markupOf(node)).toBe(renderToStaticMarkup(node)))

test('renders any text like React', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const node = createElement('li', { title: text, 'data-words': text }, text)
      expect(markupOf(node)).toBe(renderToStaticMarkup(node))
    }),
  ))

const refused: Record<string, ReactNode> = {
  'an element that may run or load something': <script>alert(1)</script>,
  'raw HTML': createElement('p', JSON.parse('{ "dangerouslySetInnerHTML": { "__html": "<b>" } }')),
  'a handler': createElement('a', { onClick: () => {} }),
  'a style': <p style={{ color: 'red' }} />,
  'a style that loads something': <p style={{ backgroundImage: 'url(https://elsewhere.example/a.png)' }} />,
  'a picture elsewhere': createElement('img', { alt: '', src: 'https://elsewhere.example/a.png' }),
  'one of several pictures elsewhere': createElement('img', { alt: '', srcSet: '/a.png 1w, //b.example/a.png 2w' }),
  'an unknown attribute': <p lang="en" />,
  'an address elsewhere': <a href="https://elsewhere.example">there</a>,
  'an address without a scheme': <a href="//elsewhere.example">there</a>,
  'an address that runs': createElement('a', { href: `${'javascript'}:alert(1)` }),
  'a promise': Promise.resolve('later'),
}

for (const [what, node] of Object.entries(refused))
  test(`rejects ${what}`, () => expect(() => markupOf(node)).toThrow())
