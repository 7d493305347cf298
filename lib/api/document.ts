import { AppError } from '@/lib/errors'
import { pathOf, queryOf } from '@/lib/http/api/address'
import { endpoint, type Route } from '@/lib/http/api/endpoint'
import { openApi } from '@/lib/http/api/openapi'
import { getOpenApi } from './description'
import { operations } from './operations'
import { routes } from './routes'
import { version } from './version'

/** The OpenAPI document, with what this catalogue really answers as its examples. */

export const document = endpoint(getOpenApi, {
  read: async ({ origin }) => {
    const examples = new Map<string, unknown>()
    for (const route of routes.values()) {
      if (route.contract.isPersonal) continue
      const example = await exampleOf(route, origin)
      if (example !== undefined) examples.set(route.contract.id, example)
    }
    return { openapi: '', ...openApi([...operations, getOpenApi], { version, origin }, Object.fromEntries(examples)) }
  },
})

/** What an operation answers to its example; nothing where the catalogue has nothing there. */
async function exampleOf(route: Route, origin: string): Promise<unknown> {
  const { path, params, query, example } = route.contract
  const address = origin + pathOf(path, example.params) + queryOf(query, example.query ?? {})
  const { host, protocol } = new URL(origin)
  const asked = new Request(address, { headers: { host, 'x-forwarded-proto': protocol.slice(0, -1) } })
  const response = await route(asked, {
    params: Promise.resolve(Object.keys(params.shape).length > 0 ? (example.params ?? {}) : {}),
  })
  // What can't be read now is no reason to keep a document without it.
  if (response.status >= 500) throw new AppError('unavailable', 'The catalogue can’t be read just now.')
  return response.ok ? response.json() : undefined
}
