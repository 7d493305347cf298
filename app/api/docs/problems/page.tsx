import { JsonLd } from '@/app/json-ld'
import layout from '@/components/api/layout.module.css'
import { ProblemList } from '@/components/api/problem-list'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { PageHead } from '@/components/ui/page-head'
import wrap from '@/components/ui/wrap.module.css'
import { problemTexts } from '@/lib/api/reference/problems'
import { pageMetadata } from '@/lib/http/metadata'

// SYRO_URL may differ from where the site was built.
export const dynamic = 'force-dynamic'

const crumbs = [{ name: 'API', path: '/api/docs' }]

export const generateMetadata = () =>
  pageMetadata({
    title: 'API problems',
    description: 'The kinds of problems in responses of the API: what each means, and how to fix it.',
    path: '/api/docs/problems',
  })

export default function ProblemsPage() {
  return (
    <div className={wrap.wrap}>
      <PageHead title="Problems" above={<Breadcrumbs crumbs={crumbs} />}>
        <p className={layout.lead}>
          What goes wrong is answered with a problem document, whose <code>type</code> leads here: to what that kind of
          problem means, and what to do about it.
        </p>
      </PageHead>
      <div className={layout.content}>
        <ProblemList problems={problemTexts} />
      </div>
      <JsonLd crumbs={[...crumbs, { name: 'Problems', path: '/api/docs/problems' }]} />
    </div>
  )
}
