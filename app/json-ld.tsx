import { breadcrumbJsonLd, type Crumb, serializeJsonLd } from '@/lib/http/json-ld'
import { siteOrigin } from '@/lib/http/site-url'

/** Structured data for search engines: the subject of the page and its breadcrumbs. */
export const JsonLd = ({ about, crumbs }: { about?: object; crumbs: Crumb[] }) => (
  <script
    type="application/ld+json"
    // biome-ignore lint/security/noDangerouslySetInnerHtml: serializeJsonLd leaves nothing that could end the element
    dangerouslySetInnerHTML={{
      __html: serializeJsonLd([...(about ? [about] : []), breadcrumbJsonLd(crumbs, siteOrigin)]),
    }}
  />
)
