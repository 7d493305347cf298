import { CodeBlock } from '@/components/api/code-block'
import type { Reference } from '@/lib/api/reference/reference'

export const MergedEntities = ({ reference: { base } }: { reference: Reference }) => (
  <>
    <p>
      Duplicate entries are merged. A request for the removed id gets a 308 with the remaining entry in{' '}
      <code>Location</code>, and a body with both ids. Store the new id; <code>curl -L</code> follows the redirect.
    </p>
    <CodeBlock
      label="The response for a merged id"
      text={JSON.stringify({ id: 1702, movedTo: 1432, href: `${base}/albums/1432` }, null, 2)}
    />
  </>
)
