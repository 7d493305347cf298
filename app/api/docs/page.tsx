import { JsonLd } from '@/app/json-ld'
import { Guide } from '@/components/api/guide/chapters'
import { Introduction } from '@/components/api/introduction'
import layout from '@/components/api/layout.module.css'
import { Headers, Operations, Schemas } from '@/components/api/reference-sections'
import { TableOfContents } from '@/components/api/table-of-contents'
import wrap from '@/components/ui/wrap.module.css'
import { readReference } from '@/lib/api/reference/reference'
import { pageMetadata } from '@/lib/http/metadata'

// The build has no catalogue to show, and SYRO_URL may differ from where the site was built.
export const dynamic = 'force-dynamic'

export const generateMetadata = () =>
  pageMetadata({
    title: 'API',
    description: 'How programs read this catalogue: every operation, with examples that work.',
    path: '/api/docs',
  })

export default async function ApiPage() {
  const reference = await readReference()
  return (
    <div className={wrap.wrap}>
      <Introduction reference={reference} />
      <div className={layout.columns}>
        <TableOfContents {...reference} />
        <div className={layout.content}>
          <Guide reference={reference} />
          <Operations sections={reference.sections} />
          <Schemas schemas={reference.schemas} />
          <Headers headers={reference.headers} />
        </div>
      </div>
      <JsonLd crumbs={[{ name: 'API', path: '/api/docs' }]} />
    </div>
  )
}
