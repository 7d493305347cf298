import type { Thing, WithContext } from 'schema-dts'
import { describe, expect, test } from 'vitest'
import { breadcrumbJsonLd, serializeJsonLd, websiteJsonLd } from './json-ld'

const named = (name: string): WithContext<Thing> => ({ '@context': 'https://schema.org', '@type': 'MusicAlbum', name })

describe('serializeJsonLd', () => {
  for (const title of [
    '</script><script>alert(1)</script>',
    '</SCRIPT >',
    '<!--<script>',
    '\\u003c/script>',
    'Quotes " and \\ and \u2028 line ends',
    'کتاب 🎧 風の道',
  ])
    test(`keeps ${JSON.stringify(title)} inside its element`, () => {
      const written = serializeJsonLd(named(title))
      expect(written).not.toContain('<')
      expect(JSON.parse(written)).toEqual(named(title))
    })
})

test('the site declares its search', () => {
  expect(websiteJsonLd('https://music.example')).toMatchObject({
    '@type': 'WebSite',
    url: 'https://music.example/',
    potentialAction: {
      '@type': 'SearchAction',
      target: { urlTemplate: 'https://music.example/search?q={search_term_string}' },
      'query-input': 'required name=search_term_string',
    },
  })
})

test('breadcrumbs begin at the home page and have absolute addresses', () => {
  const crumbs = [
    { name: 'Albums', path: '/albums' },
    { name: 'Winter', path: '/albums/winter-7' },
  ]
  expect(breadcrumbJsonLd(crumbs, 'https://music.example').itemListElement).toEqual([
    { '@type': 'ListItem', position: 1, name: 'Home', item: 'https://music.example/' },
    { '@type': 'ListItem', position: 2, name: 'Albums', item: 'https://music.example/albums' },
    { '@type': 'ListItem', position: 3, name: 'Winter', item: 'https://music.example/albums/winter-7' },
  ])
})
