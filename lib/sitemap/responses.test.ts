import { beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { robots, sitemapFile, sitemapIndex } from './responses'

const { pool } = await createTestDatabase()

const ask = (path: string, headers: Record<string, string> = {}) =>
  new Request(`http://internal${path}`, { headers: { host: 'music.example', ...headers } })

const locations = (xml: string): string[] =>
  [...xml.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, location = '']) => location)

const file = async (name: string) => {
  const response = await sitemapFile(ask(`/sitemap/${name}`), name)
  return { status: response.status, headers: response.headers, text: await response.text() }
}

beforeAll(async () => {
  // A full first part, one row at the start of the second, none in the third, the last of the fourth.
  await pool.query(`
    INSERT INTO artist (id, name, sort_name, sort_key, updated_at)
    SELECT id, 'Nova ' || id, 'Nova', 'nova', '2026-11-20T10:20:30.456Z'
    FROM (SELECT generate_series(1, 50000) AS id UNION ALL VALUES (50001), (200000)) ids`)
  await pool.query(`
    INSERT INTO album (id, title, sort_key) VALUES (7, 'Rock & <Roll> "live"', 'rock roll live'), (8, '風の道', '風の道'), (9, '!!!', '!!!')`)
  // The largest id.
  await pool.query(`INSERT INTO playlist (id, name, sort_key) VALUES (2147483647, 'Last', 'last')`)
  await pool.query(`INSERT INTO genre (name, slug) VALUES ('R&B', 'r-b')`)
})

describe('the index', () => {
  test('lists only parts that have rows', async () => {
    const response = await sitemapIndex(ask('/sitemap.xml'))
    expect(response.headers.get('Content-Type')).toBe('application/xml; charset=utf-8')
    expect(locations(await response.text())).toEqual(
      ['pages', 'artists-1', 'artists-2', 'artists-4', 'albums-1', 'playlists-42950', 'genres-1'].map(
        (name) => `http://music.example/sitemap/${name}.xml`,
      ),
    )
  })
})

describe('a part', () => {
  test('lists each row of its range of ids once, in order, and never more than 50,000', async () => {
    const { text } = await file('artists-1.xml')
    const ids = Array.from({ length: 50_000 }, (_, index) => index + 1)
    // As one string, because comparing 50,000 takes seconds.
    expect(locations(text).join(' ')).toBe(ids.map((id) => `http://music.example/artists/nova-${id}-${id}`).join(' '))
    expect(locations((await file('artists-2.xml')).text)).toEqual(['http://music.example/artists/nova-50001-50001'])
    expect(locations((await file('artists-4.xml')).text)).toEqual(['http://music.example/artists/nova-200000-200000'])
  })

  test('is a complete file with the date of the last change', async () => {
    const { text, headers } = await file('artists-2.xml')
    expect(headers.get('Content-Type')).toBe('application/xml; charset=utf-8')
    expect(text).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        '<url><loc>http://music.example/artists/nova-50001-50001</loc><lastmod>2026-11-20T10:20:30.456Z</lastmod></url>',
        '</urlset>',
        '',
      ].join('\n'),
    )
  })

  test('has the addresses of pages, whatever the title', async () => {
    expect(locations((await file('albums-1.xml')).text)).toEqual(
      ['rock-roll-live-7', 'feng-no-dao-8', '9'].map((ref) => `http://music.example/albums/${ref}`),
    )
    expect(locations((await file('playlists-42950.xml')).text)).toEqual([
      'http://music.example/playlists/last-2147483647',
    ])
    expect(locations((await file('genres-1.xml')).text)).toEqual(['http://music.example/genres/r-b'])
  })

  for (const name of [
    'artists-3.xml',
    'artists-5.xml',
    'artists-99999.xml',
    'songs-1.xml',
    'artists-0.xml',
    'artists-01.xml',
    'artists-1',
    'labels-1.xml',
    'constructor-1.xml',
    '.xml',
  ])
    test(`${name} is not found`, async () => expect((await file(name)).status).toBe(404))
})

test('a file lists the pages that are not of an item', async () => {
  expect(locations((await file('pages.xml')).text)).toContain('http://music.example/albums')
})

describe('without SYRO_URL', () => {
  for (const [host, proto, origin] of [
    ['music.example', 'http', 'http://music.example'],
    ['Music.Example:8080', 'https', 'https://music.example:8080'],
    ['[::1]:3000', 'http', 'http://[::1]:3000'],
    ['music.example/evil', 'http', 'http://localhost:3000'],
    ['a b', 'http', 'http://localhost:3000'],
    ['user@music.example', 'http', 'http://localhost:3000'],
    ['"><script>', 'http', 'http://localhost:3000'],
    ['', 'http', 'http://localhost:3000'],
    ['music.example', 'javascript', 'http://music.example'],
  ])
    test(`a request for host "${host}" over ${proto} gets the origin ${origin} in a private response`, async () => {
      const response = robots(ask('/robots.txt', { host: host ?? '', 'x-forwarded-proto': proto ?? '' }))
      expect(response.headers.get('Cache-Control')).toBe('private, max-age=900')
      expect(await response.text()).toContain(`\nSitemap: ${origin}/sitemap.xml\n`)
    })
})
