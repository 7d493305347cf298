import { CodeBlock } from '@/components/api/code-block'
import type { Reference } from '@/lib/api/reference/reference'

export const Merged = ({ reference: { base } }: { reference: Reference }) => (
  <>
    <p>
      Two entries may turn out to be one, and are merged. The id that went is answered with a 308, whose{' '}
      <code>Location</code> leads to the one that stayed, and a body that tells both. Write the new one down;{' '}
      <code>curl -L</code> follows by itself.
    </p>
    <CodeBlock
      label="The answer for an id that was merged"
      text={JSON.stringify({ id: 1702, movedTo: 1432, href: `${base}/albums/1432` }, null, 2)}
    />
  </>
)
