import { dispatcher } from '@/lib/http/api/dispatch'
import { document } from './document'
import { parseRequest } from './operations'
import { routes } from './routes'

/** Answers a request to the API that has passed the gate. */
export const answer = dispatcher(parseRequest, new Map([...routes, [document.contract.id, document]]))
