import { CodeBlock } from '@/components/api/code-block'
import { curl } from '@/components/api/curl'
import type { Reference } from '@/lib/api/reference/reference'

export const IncludeAndFields = ({ reference: { base } }: { reference: Reference }) => (
  <>
    <p>
      <code>include</code> embeds related lists, so that one request replaces many. An embedded list has its first 25{' '}
      <code>items</code>, their <code>total</code>, and in <code>next</code> the URL of the following items, or{' '}
      <code>null</code>.
    </p>
    <p>
      <code>fields</code> selects fields; <code>id</code> and <code>href</code> are always present. Name included lists
      too, to keep them. The schemas describe responses without <code>fields</code>, so a typed client needs its own
      type for a selection:
    </p>
    <CodeBlock label="A type for selected fields" text={"type TitledAlbum = Pick<Album, 'id' | 'href' | 'title'>"} />
    <CodeBlock
      label="Albums with only their title, credits and tracks"
      text={curl(`${base}/albums?include=credits,tracks&fields=title,credits,tracks&limit=5`)}
    />
  </>
)
