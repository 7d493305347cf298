import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { expect, test } from 'vitest'
import { UNDRAWN } from './error-pages'
import { PrefetchKind } from './prefetch-kind'

/** Each name that lib/next takes from inside Next.js is in the installed version; load.ts lists what each is for. */

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

test('React says that a rendering is complete by aborting it', async () => {
  const folder = 'compiled/react-server-dom-turbopack/cjs'
  const servers = (await readdir(path.join(dist, folder))).filter((file) => /server\.node\.production\.js$/.test(file))
  expect(servers).toHaveLength(1)
  expect(await read(path.join(folder, servers[0] ?? ''))).toContain('This render completed successfully.')
})

test('a page that is left to scripts begins with an id that tells it', async () => {
  const id = /id="(\w+)"/.exec(UNDRAWN)?.[1] ?? expect.fail()
  expect(await read('server/app-render/app-render.js')).toContain(id)
})

test('the router can fetch a whole page', () => {
  expect(PrefetchKind.FULL).toBe('full')
})
