import { PageHead } from '@/components/ui/page-head'
import type { Reference } from '@/lib/api/reference/reference'
import layout from './layout.module.css'

/** The path of the OpenAPI document. */
const DESCRIPTION = '/api/v1/openapi.json'

/** The introduction: what the API is, and its address. */
export const Introduction = ({ reference: { base, version } }: { reference: Reference }) => (
  <PageHead title="API">
    {/* RFC 8631: the machine-readable description. */}
    <link rel="service-desc" type="application/json" href={DESCRIPTION} />
    <p className={layout.lead}>
      Read everything in this catalogue as JSON: artists, albums, songs, playlists and genres. No account and no
      installation needed.
    </p>
    <dl className={layout.facts}>
      <dt>Base URL</dt>
      <dd>
        <code>{base}</code>
      </dd>
      <dt>Description</dt>
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
