import type { Origin, OriginResponse } from '@/lib/cache/response/origin'

/** How Next.js begins a page that it leaves to scripts to draw. */
const UNDRAWN = '<html id="__next_error__">'

/** Its page of what is not there, by a name of its own. */
const MISSING = '/_not-found'

const isUndrawn = ({ status, body }: OriginResponse): boolean =>
  status === 404 && body.subarray(0, 200).includes(UNDRAWN)

/**
 * An origin whose page of what is not there can be read before scripts run, and where none do. Next.js draws it for an
 * address that no route has, but sends a blank one where a page finds out that its record is not there.
 */
export const drawingMissing =
  (origin: Origin): Origin =>
  async (request) => {
    const response = await origin(request)
    if (!isUndrawn(response)) return response
    const { body } = await origin({ ...request, url: MISSING })
    return { ...response, body }
  }
