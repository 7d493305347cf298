import { CodeBlock } from '@/components/api/code-block'
import { curl } from '@/components/api/curl'
import type { Reference } from '@/lib/api/reference/reference'

export const Choosing = ({ reference: { base } }: { reference: Reference }) => (
  <>
    <p>
      <code>include</code> embeds what belongs to a thing, so that one request does for many. What is embedded has the
      first 25 <code>items</code>, their <code>total</code>, and in <code>next</code> the address where the list goes
      on, or <code>null</code>.
    </p>
    <p>
      <code>fields</code> leaves out everything that it doesn’t name, except <code>id</code> and <code>href</code>. To
      keep what you include, name it too. The schemas describe responses without <code>fields</code>: with it, a typed
      client needs a type of its own:
    </p>
    <CodeBlock label="A type for some fields" text={"type TitledAlbum = Pick<Album, 'id' | 'href' | 'title'>"} />
    <CodeBlock
      label="Albums with their credits and tracks, and little else"
      text={curl(`${base}/albums?include=credits,tracks&fields=title,credits,tracks&limit=5`)}
    />
  </>
)
