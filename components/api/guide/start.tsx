import { CodeBlock } from '@/components/api/code-block'
import { curl } from '@/components/api/curl'
import type { Reference } from '@/lib/api/reference/reference'

export const Start = ({ reference: { first } }: { reference: Reference }) => {
  return (
    <>
      <p>Ask for something. No account is needed, and a browser will do as well as a shell:</p>
      <CodeBlock label="A first request" text={curl(first.address)} />
      <CodeBlock label="Its answer" text={first.sample} />
      <p>
        A list answers with what it lists in <code>items</code>. Each thing has its <code>id</code>, its address here (
        <code>href</code>) and its page for people (<code>url</code>). Follow an <code>href</code>, and you have that
        thing alone; its lists are below it, as <code>/albums/{'{id}'}/tracks</code>.
      </p>
      <p>
        Everything is read with <code>GET</code>; <code>HEAD</code> and <code>OPTIONS</code> are there too. A parameter
        that isn’t known is an error, so a misspelt one never goes unseen.
      </p>
    </>
  )
}
