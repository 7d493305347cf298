import { PageHead } from '@/components/ui/page-head'
import type { Reference } from '@/lib/api/reference/reference'
import layout from './layout.module.css'

/** The address of the description for programs. */
const DESCRIPTION = '/api/v1/openapi.json'

/** What the API is, and where. */
export const Beginning = ({ reference: { base, version } }: { reference: Reference }) => (
  <PageHead title="API">
    {/* RFC 8631: where this service is described for programs. */}
    <link rel="service-desc" type="application/json" href={DESCRIPTION} />
    <p className={layout.lead}>
      All that this catalogue shows can be read by programs: artists, albums, songs, playlists and genres, as JSON.
      There is nothing to install, and nobody to ask first.
    </p>
    <dl className={layout.facts}>
      <dt>Address</dt>
      <dd>
        <code>{base}</code>
      </dd>
      <dt>For programs</dt>
      <dd>
        <a href={DESCRIPTION} type="application/json">
          OpenAPI 3.1
        </a>
      </dd>
      <dt>Version</dt>
      <dd>1, of SyroMusic {version}</dd>
    </dl>
  </PageHead>
)
