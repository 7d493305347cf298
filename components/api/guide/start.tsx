import { CodeBlock } from '@/components/api/code-block'
import { curl } from '@/components/api/curl'
import type { Reference } from '@/lib/api/reference/reference'

export const Start = ({ reference: { first } }: { reference: Reference }) => {
  return (
    <>
      <p>No account is needed. Run this in a shell, or open the URL in a browser:</p>
      <CodeBlock label="A first request" text={curl(first.address)} />
      <CodeBlock label="The response" text={first.sample} />
      <p>
        A list has its entries in <code>items</code>. Each entry has an <code>id</code>, its URL in the API (
        <code>href</code>) and the URL of its web page (<code>url</code>). <code>href</code> returns the single entry;
        its lists are below it, such as <code>/albums/{'{id}'}/tracks</code>.
      </p>
      <p>
        Use <code>GET</code> to read; <code>HEAD</code> and <code>OPTIONS</code> work too. An unknown parameter is an
        error, so that no typing error goes unnoticed.
      </p>
    </>
  )
}
