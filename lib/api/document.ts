import { endpoint } from '@/lib/http/api/endpoint'
import { openApi } from '@/lib/http/api/openapi'
import { getOpenApi } from './contract'
import { type Example, readExamples } from './examples'
import { getRoot, writes } from './operations'
import { version } from './version'

/** The OpenAPI document, with this catalogue's own responses as examples. */

/** @param origin of the site for this client. */
export function documentWith(examples: readonly Example[], origin: string) {
  const answers = examples.flatMap(({ operation, answer }) => (answer === undefined ? [] : [[operation.id, answer]]))
  const operations = examples.map(({ operation }) => operation)
  return openApi(
    [...operations, getRoot, getOpenApi],
    { version, origin },
    { examples: Object.fromEntries(answers), writes },
  )
}

export const document = endpoint(getOpenApi, {
  read: async ({ origin }) => ({ openapi: '', ...documentWith(await readExamples(origin), origin) }),
})
