import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { expect, test } from 'vitest'
import { UNDRAWN } from './error-pages'
import { PrefetchKind } from './prefetch-kind'

/** The installed Next.js still has each internal name that lib/next uses; load.ts lists their purposes. */

const dist = path.join(path.dirname(createRequire(import.meta.url).resolve('next/package.json')), 'dist')
const read = (file: string) => readFile(path.join(dist, file), 'utf8')

test.each([
  ['server/lib/incremental-cache/index.js', "Symbol.for('@next/cache-handlers')"],
  ['server/lib/incremental-cache/index.js', 'globalCacheHandler.FetchCache'],
  ['client/components/app-router-headers.js', "'rsc'"],
  ['client/components/app-router-headers.js', "'next-router-prefetch'"],
  ['client/components/app-router-headers.js', "'next-router-segment-prefetch'"],
  ['server/app-render/use-flight-response.js', '(self.__next_f=self.__next_f||[]).push('],
  ['build/lockfile.js', 'process is already running'],
  ['shared/lib/constants.js', "'BUILD_ID'"],
])('%s has %s', async (file, name) => {
  expect(await read(file)).toContain(name)
})

test('React aborts a completed render with the known reason', async () => {
  const folder = 'compiled/react-server-dom-turbopack/cjs'
  const servers = (await readdir(path.join(dist, folder))).filter((file) => /server\.node\.production\.js$/.test(file))
  expect(servers).toHaveLength(1)
  expect(await read(path.join(folder, servers[0] ?? ''))).toContain('This render completed successfully.')
})

test('a page that scripts have to render begins with the known id', async () => {
  const id = /id="(\w+)"/.exec(UNDRAWN)?.[1] ?? expect.fail()
  expect(await read('server/app-render/app-render.js')).toContain(id)
})

test('the router can fetch a whole page', () => {
  expect(PrefetchKind.FULL).toBe('full')
})
