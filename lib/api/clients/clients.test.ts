import { execFile } from 'node:child_process'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { createClient } from '@hey-api/openapi-ts'
import openapiTS, { astToString } from 'openapi-typescript'
import { generate } from 'orval'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, matchOf, ORIGIN } from '@/lib/api/testing/ask'
import { exampleAddresses, fill } from '@/lib/api/testing/catalogue'
import { createTestDatabase } from '@/lib/db/testing/database'
import { API } from '@/lib/http/api/contract'
import { programs } from './programs'

/** Clients generated from the OpenAPI document by common generators. */

const { pool } = await createTestDatabase()

let folder: string

beforeAll(async () => {
  await fill(300)
  folder = await mkdtemp(path.join(tmpdir(), 'syromusic-clients-'))
  const text = await (await ask('/openapi.json')).text()
  const document = path.join(folder, 'openapi.json')
  await writeFile(document, text)
  await writeFile(path.join(folder, 'openapi-typescript.ts'), astToString(await openapiTS(text)))
  await createClient({ input: document, output: path.join(folder, 'hey-api'), logs: { level: 'silent' } })
  await generate({ input: document, output: { target: path.join(folder, 'orval.ts'), client: 'fetch' } }, folder, {})
})
afterAll(() => rm(folder, { recursive: true }))

test('programs that use the generated clients compile under strict', async () => {
  for (const [name, program] of Object.entries(programs))
    await writeFile(path.join(folder, `${name}-program.ts`), program)
  const compilerOptions = {
    strict: true,
    noEmit: true,
    target: 'es2022',
    lib: ['es2023', 'dom', 'dom.iterable'],
    module: 'esnext',
    moduleResolution: 'bundler',
    types: [],
  }
  await symlink(path.resolve('node_modules'), path.join(folder, 'node_modules'), 'dir')
  await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }))
  const { stdout } = await promisify(execFile)(path.resolve('node_modules/.bin/tsc'), ['-p', folder]).catch(
    (error: { stdout: string }) => error,
  )
  expect(stdout).toBe('')
})

test('a generated client calls every operation', async () => {
  const sdk: Record<string, (options: object) => Promise<{ data?: unknown; error?: unknown }>> = await import(
    path.join(folder, 'hey-api', 'sdk.gen.ts')
  )
  for (const { id, address } of await exampleAddresses(pool)) {
    const { searchParams } = new URL(address)
    const { operation, parameters } = matchOf(address)
    const params = parameters.params.ok ? parameters.params.value : expect.fail(address)
    // List parameters are passed as lists: the client serialises them as the document says.
    const query = Object.fromEntries(
      [...searchParams].map(([name, text]) => [name, /,/.test(text) ? text.split(',') : text]),
    )
    const call = sdk[id] ?? expect.fail(`There is no ${id}`)
    const fetch = (request: Request) => ask(request.url, { headers: Object.fromEntries(request.headers) })
    const { data, error } = await call({ baseUrl: ORIGIN + API, path: params, query, fetch })
    expect(error, id).toBeUndefined()
    if (operation?.cache.for === 'everyone') expect(data, id).toEqual(await (await ask(address)).json())
  }
})
