/** What can be relied on. */

export const Browsers = () => (
  <p>
    Pages of any site may read the API: <code>fetch</code> works across origins, and sees the headers that tell limits,
    pages and versions. No cookie is looked at here. A key in a page is everybody’s, so leave keys to your server.
  </p>
)

export const Compatibility = () => (
  <>
    <p>
      All of this is version 1, as the addresses say. Within it things are added and nothing is taken away. Be ready for
    </p>
    <ul>
      <li>new fields, parameters, operations, header fields and kinds of problem,</li>
      <li>new values where values are listed, as of kinds and roles,</li>
      <li>another order of fields, other words in texts, and cursors that look otherwise.</li>
    </ul>
    <p>
      A field keeps its name, type and meaning, a parameter its default, a kind of problem its <code>type</code> and
      status. What can’t be done so will be <code>/api/v2</code>, beside this.
    </p>
    <p>
      What is deprecated works for a year at least. This reference marks it, and responses to requests that use it have{' '}
      <code>Deprecation</code> and <code>Sunset</code> headers: log them.
    </p>
  </>
)
