export const Browsers = () => (
  <p>
    Pages of any site may call the API: CORS allows every origin, and scripts can read the headers for limits, paging
    and caching. Cookies are ignored. Everybody can read a key in a web page, so send keys only from a server.
  </p>
)

export const Compatibility = () => (
  <>
    <p>
      This is version 1, as the paths say. Within a version, things are added and nothing is removed. Clients must
      accept
    </p>
    <ul>
      <li>new fields, parameters, operations, headers and problem types,</li>
      <li>new values of enumerations such as kinds and roles,</li>
      <li>a different order of fields, different wording of texts, and a different format of cursors.</li>
    </ul>
    <p>
      Fields keep their name, type and meaning, parameters their default, and problems their <code>type</code> and
      status. Any other change will be in <code>/api/v2</code>, next to version 1.
    </p>
    <p>
      Deprecated features work for at least one more year. This reference marks them, and responses to requests that use
      them have <code>Deprecation</code> and <code>Sunset</code> headers: log these.
    </p>
  </>
)
